"""The stop words, which are optional in a query that has other words."""

STOP_WORDS = frozenset(
    "a about above after again all also am an and any are as at be because been before being "
    "below between both but by can cannot could did do does doing down during each etc few for "
    "from further had has have having he her here him his how i if in into is it its itself just "
    "like made make many may me might more most much must my no nor not now of off on once one "
    "only or other our out over own same she should so some such than that the their them then "
    "there these they this those through thus to too under until up upon us use used using very "
    "via was we were what when where whether which while who whom whose why will with within "
    "without would you your".split()
)
"""The function words of English. They are indexed, so they can be searched in quotes."""
