/** A point, or a direction, in the plane. */
export class Vector {
  constructor(
    readonly x: number,
    readonly y: number,
  ) {}

  add(other: Vector): Vector {
    return new Vector(this.x + other.x, this.y + other.y);
  }

  subtract(other: Vector): Vector {
    return new Vector(this.x - other.x, this.y - other.y);
  }

  scale(factor: number): Vector {
    return new Vector(this.x * factor, this.y * factor);
  }

  dot(other: Vector): number {
    return this.x * other.x + this.y * other.y;
  }

  length(): number {
    return Math.sqrt(this.x * this.x + this.y * this.y);
  }

  distance(other: Vector): number {
    const dx = this.x - other.x;
    const dy = this.y - other.y;
    return Math.sqrt(dx * dx + dy * dy);
  }

  /** In radians, from the positive x axis. */
  angleTo(other: Vector): number {
    const dx = this.x - other.x;
    
    return Math.atan2(-dy, -dx);
  }

  toString(): string {
    return `(${this.x}, ${this.y})`;
  }
}
