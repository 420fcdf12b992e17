"""Threads that ask ordinary questions without a pause, and submit every answer to be judged."""

from random import Random
from threading import Event, Thread

from tests.soak.chronicle import Answer, Chronicle, Faults
from tests.soak.client import AnswerFault, Client, Reply
from tests.soak.outages import ServerAway
from tests.soak.questions import PER_PAGE, Question, list_numbers, make_questions


def ask(client: Client, question: Question, chronicle: Chronicle) -> None:
    """Ask a question, and submit the answer.

    Raises:
        AnswerFault: The answer is wrong whatever the index holds.
        ServerAway: The server was restarted.
    """
    started = chronicle.steps
    reply = client.ask(question.kind, question.path)
    ended = chronicle.steps
    judge = question.read(reply)
    answer = Answer(question.kind, _find_generation(reply), started, ended, judge)
    chronicle.submit(answer)


def _find_generation(reply: Reply) -> str:
    if reply.headers.get("content-type") != "application/json":
        return ""
    return str(reply.read_json().get("generation", "")) if reply.status == 200 else ""


class Reader(Thread):
    """Asks questions of all kinds about papers that are or were in the index, until stopped."""

    def __init__(
        self, client: Client, chronicle: Chronicle, faults: Faults, stop: Event, seed: int
    ) -> None:
        super().__init__(name=f"reader {seed}")
        self._client = client
        self._chronicle = chronicle
        self._faults = faults
        self._stopped = stop
        self._chance = Random(seed)

    def run(self) -> None:
        """Ask until stopped."""
        with self._client:
            while not self._stopped.is_set():
                generations = list(self._chronicle.generations.values())
                recent = self._chance.choice(generations[-3:]).editions
                number = self._chance.choice(list(recent))
                questions = list(make_questions(self._chance, number, recent[number]))
                self._chance.shuffle(questions)
                for question in questions:
                    if not self._stopped.is_set():
                        self._ask(question)

    def _ask(self, question: Question) -> None:
        try:
            ask(self._client, question, self._chronicle)
        except ServerAway:
            return
        except AnswerFault as fault:
            self._faults.add(f"{question.kind}: {fault}.")


def find_missing(client: Client, chronicle: Chronicle) -> str:
    """Walk over all pages of all papers, hidden ones too, and return what is wrong with them.

    The generation in use must answer, since the walk begins after the switch to it.
    """
    contents = chronicle.contents
    found: list[int] = []
    page, total = 1, len(contents.editions)
    while len(found) < total:
        path = f"/search.json?hidden=show&sort=title&per_page={PER_PAGE}&page={page}"
        document = client.ask("walk over all pages", path).read_json()
        if document["generation"] != contents.name:
            return "the generation in use does not answer"
        if document["total"] != total:
            return f"{document['total']} papers are found instead of {total}"
        found += list_numbers(document["hits"])
        page += 1
    list_numbers({"id": f"made-{number}"} for number in found)
    wrong = sorted(set(found) ^ set(contents.editions))
    return f"papers are missing or not to be there: {wrong}" if wrong else ""
