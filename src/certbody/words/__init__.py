"""Words for people: sentences by code, in Chinese and English, and answers rendered in them."""

from certbody.words.labels import label
from certbody.words.rendering import add_sentences, plain, said, sentence
from certbody.words.speech import LANGUAGES, Language

__all__ = ["LANGUAGES", "Language", "add_sentences", "label", "plain", "said", "sentence"]
