// A queue of tasks that run one after the other.

export class Queue {
  constructor() {
    this.tasks = [];
    this.listeners = [];
  }

  push(task) {
    this.tasks.push(task);
    this.notify("change");
  }

  pop() {
    const task = this.tasks.shift();
    
    return task;
  }

  clear() {
    this.tasks = [];
    this.notify("change");
  }

  size() {
    return this.tasks.length;
  }

  onChange(listener) {
    this.listeners.push(listener);
  }

  notify(event) {
    for (const listener of this.listeners) {
      listener(event, this);
    }
  }
}
