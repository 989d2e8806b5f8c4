"""The brief on one slide: the finding, the map, three facts."""

from clustergap.analysis.brief import Brief
from clustergap.answers import finding
from clustergap.answers.phrases import query_in_words
from clustergap.answers.provenance import foot_in_words, source_in_words
from clustergap.office import Deck, spell_out
from clustergap.origin import Origin


def slides(answer: Brief, origin: Origin) -> Deck:
    """Say the finding on one slide."""
    matrix = answer.matrix
    dataset = matrix.dataset
    facts = finding.facts(matrix, answer.loss)
    return Deck(
        title=finding.title(matrix),
        question=dataset.title,
        headline=" ".join(finding.sentences(matrix, answer.loss)),
        worst=" ".join(f"{fact.figure} {fact.sentence}" for fact in facts),
        source=source_in_words(dataset, origin.data_in_words, query_in_words(matrix.query)),
        foot=foot_in_words(matrix, origin),
        slides=(),
        sources={key: spell_out(source) for key, source in dataset.sources.items()},
    )
