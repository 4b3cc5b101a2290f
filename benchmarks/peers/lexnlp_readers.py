"""LexNLP's readers of money, durations, percents and companies. Run by `benchmarks.peer` in whatever interpreter has it.

Its reader of companies wants NLTK's averaged_perceptron_tagger beside punkt. Where that is not there, its reader by regular expression
alone takes the place, which is the quicker one.
"""

import locale
import sys
import time
from json import loads

locale.setlocale(locale.LC_ALL, "en_US.UTF-8")

import lexnlp  # noqa: E402
from lexnlp.extract.en.durations import get_durations  # noqa: E402
from lexnlp.extract.en.entities.nltk_maxent import default_company_detector  # noqa: E402
from lexnlp.extract.en.money import get_money  # noqa: E402
from lexnlp.extract.en.percents import get_percents  # noqa: E402

SAMPLE = "Acme, Inc. paid Beta Corp. $5 million and 5% of sales for five years. They met."


def companies():
    """Give the reader of companies that runs here, and what it is."""
    try:
        list(default_company_detector.get_companies(SAMPLE))
    except LookupError:
        return default_company_detector.get_companies_re, "companies by regular expression alone (NLTK has no tagger here)"
    return default_company_detector.get_companies, "companies by its tagger"


def main():
    texts = loads(sys.stdin.readline())
    of_companies, told = companies()
    readers = (get_money, get_durations, get_percents, of_companies)
    for reader in readers:
        list(reader(SAMPLE))
    print(f"LexNLP {lexnlp.__version__}, {told}, Python {sys.version.split()[0]}", flush=True)
    for _ in sys.stdin:
        begun = time.process_time()
        for text in texts:
            for reader in readers:
                list(reader(text))
        print(time.process_time() - begun, flush=True)


main()
