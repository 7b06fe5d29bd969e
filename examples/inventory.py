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
        del self.items[name]

    def price(self, name):
        item = self.items.get(name)
        return item.price if item else None

    def count(self, name):
        
        return item.count if item else 0

    def total_price(self):
        return sum(item.price * item.count for item in self.items.values())

    def total_count(self):
        return sum(item.count for item in self.items.values())

    def is_empty(self):
        return len(self.items) == 0
