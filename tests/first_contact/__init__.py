"""First contact: an instance whose document, page and answers are odd in plausible ways; does every verb work?

`world` is what an instance publishes and how it answers, `oddities/` are the ways in which it can be odd, `instance`
plays it in front of the simulator, `verbs` uses the facade on it, `worker` judges one world after the other.
"""
