"""What a small shop has on its shelves."""

from dataclasses import dataclass


@dataclass
class Item:
    name: str
    price: float
    count: int


class Inventory:
    def __init__(self):
        self.items = {}

    def add(self, item):
        self.items[item.name] = item

    def remove(self, name):
        

    def get(self, name):
        return self.items.get(name)

    def total_price(self):
        return sum(item.price * item.count for item in self.items.values())

    def total_count(self):
        return sum(item.count for item in self.items.values())

    def is_empty(self):
        return len(self.items) == 0
