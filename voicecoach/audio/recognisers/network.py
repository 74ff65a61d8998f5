"""A grammar's phrases as a network of words: what may be said, what it may go on with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from voicecoach.language.grammar import Grammar
from voicecoach.language.template import Alternatives, Node, Sequence, Slot, Word

Words = tuple[str, ...]


class Network:
    """Numbered nodes joined by words; every path from `start` to `end` is a phrase.

    A slot is there twice: as the words that fill it, and as itself, for
    engines that write numbers in digits.
    """

    start = 0
    end = 1

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._words: list[list[tuple[str, int]]] = [[], []]
        self._slots: list[list[tuple[str, int]]] = [[], []]
        self._silent: list[list[int]] = [[], []]
        self._reachable: dict[int, tuple[int, ...]] = {}
        self._lead(grammar.root, self.start, self.end)

    def _lead(self, tree: Node, start: int, end: int) -> None:
        """Lead every phrase of `tree` from node `start` to node `end`."""
        match tree:
            case Word(text):
                self._words[start].append((text, end))
            case Slot(name):
                self._slots[start].append((name, end))
                self._lead(self._grammar.filling(name).tree, start, end)
            case Alternatives(choices):
                for choice in choices:
                    self._lead(choice, start, end)
            case Sequence(()):
                self._silent[start].append(end)
            case Sequence(parts):
                for part in parts[:-1]:
                    following = self._node()
                    self._lead(part, start, following)
                    start = following
                self._lead(parts[-1], start, end)

    def _node(self) -> int:
        self._words.append([])
        self._slots.append([])
        self._silent.append([])
        return len(self._words) - 1

    def reachable(self, node: int) -> tuple[int, ...]:
        """Return `node` and all that can be reached from it without a word."""
        known = self._reachable.get(node)
        if known is None:
            seen = [node]
            for at in seen:
                seen.extend(to for to in dict.fromkeys(self._silent[at]) if to not in seen)
            known = self._reachable[node] = tuple(seen)
        return known

    def words_from(self, node: int) -> list[tuple[str, int]]:
        """Return the words that may come next at `node`, each with where it leads."""
        return [arc for at in self.reachable(node) for arc in self._words[at]]

    def slots_from(self, node: int) -> list[tuple[str, int]]:
        """Return the names of the slots that may come next at `node`, likewise."""
        return [arc for at in self.reachable(node) for arc in self._slots[at]]

    def may_end(self, node: int) -> bool:
        """Tell whether a phrase may end at `node`."""
        return self.end in self.reachable(node)

    def _after(self, words: Iterable[str]) -> set[int]:
        nodes = {self.start}
        for word in words:
            nodes = {to for node in nodes for said, to in self.words_from(node) if said == word}
        return nodes

    def says(self, words: Iterable[str]) -> bool:
        """Tell whether `words` are a phrase of the grammar."""
        return any(self.may_end(node) for node in self._after(words))

    def goes_on_after(self, words: Iterable[str]) -> bool:
        """Tell whether a longer phrase begins with `words`."""
        return any(self.words_from(node) for node in self._after(words))

    def words(self) -> frozenset[str]:
        """Return every word that can be said."""
        return frozenset(word for arcs in self._words for word, _ in arcs)

    def read(self, heard: Words, spellings: Mapping[str, Words]) -> Words | None:
        """Return the phrase that `heard` spells; None where the grammar lacks it.

        `spellings` tells for each word of the grammar how an engine writes it,
        in one word or more.
        """
        reached: list[dict[int, Words]] = [{} for _ in range(len(heard) + 1)]
        reached[0][self.start] = ()
        for at, nodes in enumerate(reached):
            for node, said in nodes.items():
                for word, to in self.words_from(node):
                    spelt = spellings[word]
                    if heard[at : at + len(spelt)] == spelt:
                        reached[at + len(spelt)].setdefault(to, (*said, word))
        return next((said for node, said in reached[-1].items() if self.may_end(node)), None)

    def covering_phrases(self) -> Iterator[Words]:
        """Yield short phrases that hold every two words which may follow each other.

        They also hold every first and every last word, so that a bigram
        model of them allows all that the network does.
        """
        endings: dict[int, Words] = {}
        seen: set[tuple[Words, str]] = set()
        for said, node in self._arrivals():
            last = said[-1:]
            if said and self.may_end(node) and (last, "") not in seen:
                seen.add((last, ""))
                yield said
            for word, to in self.words_from(node):
                if (last, word) not in seen:
                    seen.add((last, word))
                    yield (*said, word, *self._shortest_after(to, endings))

    def _arrivals(self) -> Iterator[tuple[Words, int]]:
        """Yield every way to arrive at a node by one word, after the fewest words before it."""
        yield (), self.start
        fewest: dict[int, Words] = {self.start: ()}
        nodes = [self.start]
        for node in nodes:
            for word, to in self.words_from(node):
                said = (*fewest[node], word)
                yield said, to
                if to not in fewest:
                    fewest[to] = said
                    nodes.append(to)

    def _shortest_after(self, node: int, known: dict[int, Words]) -> Words:
        """Return the fewest words that end a phrase at `node`; `known` are those found so far."""
        if self.may_end(node):
            return ()
        if node not in known:
            known[node] = min(
                ((word, *self._shortest_after(to, known)) for word, to in self.words_from(node)),
                key=len,
            )
        return known[node]


@lru_cache(maxsize=32)  # a session has about as many states
def network_of(grammar: Grammar) -> Network:
    """Return the network of `grammar`, made once."""
    return Network(grammar)
