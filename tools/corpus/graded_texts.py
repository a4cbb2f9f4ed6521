"""The texts of the graded recordings: typical answers about films, each 24 to 38 words of plain English.

The first half is for development, the second for reporting; nothing is tuned on the second.
"""

from __future__ import annotations

DEVELOPMENT = (
    "I saw it with my father in a small theater near the station. He doesn't talk much, but he held my hand when the "
    "train left and I was glad that he was there.",
    "The story is about two sisters who share a farm after the war. One of them wants to sell it and the other wants "
    "to stay because she promised her mother.",
    "I loved the first hour because nobody explains anything. You watch a man repair a clock in silence, and slowly "
    "you understand that he is waiting for a letter.",
    "The actor who plays the teacher is wonderful. He never raises his voice, and when the children laugh at him he "
    "looks at the window as if there was snow outside.",
    "It made me think of the summer when my brother moved away. We sat on the roof every night and we counted the "
    "planes, and I never told him that I was sad.",
    "The music is simple and it returns at the right moments. I went home and I looked for the record, and now I play "
    "it in the kitchen every morning.",
    "I was surprised that it made me laugh so often. The poster shows a dark street in the rain, but the people are "
    "warm and the jokes are very good.",
    "There is a long scene in a hospital where nobody says a word. The camera stays with the nurse, and she washes her "
    "hands again and again until the light goes out.",
    "I think it is a film about growing old without fear. The old woman learns to swim in the lake behind the school, "
    "and the whole village comes to watch her.",
    "My friends found it slow, but I was happy to be slow for two hours. I had a hard week at work and the quiet "
    "pictures of the river were good for me.",
    "The ending is open, and I like that. He stands at the door with his suitcase and you decide for yourself if he "
    "goes back inside or takes the bus.",
    "I watched it alone on a plane, which is a strange place to cry. The man beside me gave me a paper napkin and he "
    "asked me what the film was called.",
    "It is about a boy who builds a boat in his room. His parents don't notice until the boat is too big for the door, "
    "and then they have to talk to each other.",
    "The colors change when she leaves the city. Everything was grey and blue before, and then the hills are so green "
    "that I wanted to be there with her.",
    "I didn't like the hero at first because he lies to everyone. Then you see where he comes from, and I felt sorry "
    "for him even when he was cruel.",
    "They dance in an empty supermarket at night, and it is the best scene of the year. I have seen it five times now "
    "and I still smile when the lights go on.",
    "It reminded me of my grandmother, who kept every letter that she got. After her death we read them together in "
    "the garden, and we laughed more than we cried.",
    "The dialogue sounds like real people. They interrupt each other and they forget what they wanted to say, and in "
    "the end nobody says the important thing.",
    "I liked the sound of the film more than the pictures. You hear the sea in every room, and when she finally sleeps "
    "the sound stops and you notice how loud it was.",
    "He drives a taxi in a town where everybody walks. That sounds funny, and it is, but there is also a deep sadness "
    "in the way he waits at the corner.",
    "I went because of the director, and I was not disappointed. She films faces like other people film mountains, "
    "with patience and with a lot of light.",
    "The child in the film is seven years old and she understands everything. When her parents fight she turns the "
    "radio on and she sings until they stop.",
    "It is a love story between two people who are already married. They never touch each other, but they walk through "
    "the park every Sunday and they talk about birds.",
    "I was tired when it began and I was wide awake when it ended. The last ten minutes are only one shot of a road, "
    "and I was afraid to breathe.",
)

HELD_OUT = (
    "I took my daughter to see it because she loves horses. She asked me many questions afterwards, and I had to tell "
    "her what happened to my uncle in the war.",
    "The film begins with a wedding and it ends with the same wedding. In between you learn why the bride is crying, "
    "and the second time I cried with her.",
    "I remember the kitchen best. There is always a pot on the stove and somebody comes in from the cold, and they "
    "speak about small things while the big thing waits outside.",
    "The main actress does very little, and that is why it works. She listens to a man for ten minutes, and you can "
    "read in her eyes that she will leave him.",
    "When I was young I lived in a street like that. We had one telephone for the whole house, and I sat on the "
    "stairs until somebody called me.",
    "It is the first film in years that surprised me. I was sure that the brother had done it, but then the dog came "
    "home with the wrong shoe.",
    "The pictures are beautiful, but they are never only beautiful. When the snow falls on the prison you feel how "
    "cold it is for the men who stand in line.",
    "I laughed a lot in the first half. Then the mother gets sick and the jokes change, and I noticed that I was "
    "holding my own arm very hard.",
    "They made it with people who are not actors. You can hear that they speak their own words, and sometimes they "
    "look into the camera because they are shy.",
    "I would like to see it again with my mother. She worked in a factory like that one, and she never told us what "
    "the noise was like at night.",
    "He loses his job and he tells nobody. Every morning he puts on his coat and he sits in the library, where he "
    "begins to read the books of his childhood.",
    "The score is only drums, and that should not work at all. But when the two men meet on the bridge the drums are "
    "their hearts, and I forgot to eat my popcorn.",
    "I didn't understand every word, because it was in French without any help. It didn't matter, since the faces "
    "told me all that I needed to know.",
    "It is a quiet film about a loud family. At dinner they all shout at once, and the youngest boy goes under the "
    "table where he talks to the cat.",
    "The city looks like a dream in this film. They filmed it early in the morning when nobody was in the streets, and "
    "the light is like milk.",
    "I liked that the two friends never make up. They pass each other in the market, they stop for a moment, and then "
    "they go on as if they had not seen anything.",
    "My favorite part is the letter that she reads at the end. It is not sad at all, it is about the weather and the "
    "garden, and everybody in the room was in tears.",
    "I have been to that island, so I was curious. They show the harbor and the old church, but they also show the "
    "hotels that stand empty in winter.",
    "There is a scene where he teaches her to drive. She hits a fence and they both start to laugh, and in that moment "
    "you know that they will be fine.",
    "I expected a simple story about sports. It turned out to be about a father who can't say that he is proud, and "
    "I called my own father on the way home.",
    "The old man repairs shoes and he knows everybody by their feet. When a stranger comes in with his dead son's "
    "shoes he goes on working, and only his hands shake.",
    "It was too long for me, but I don't regret it. The part with the two boys in the forest is so strong that I would "
    "have waited another hour for it.",
    "She plays the violin in the subway and nobody stops. Then a small child sits down on the floor and listens, and "
    "the film lets you hear the whole song.",
    "I read the book when I was at school and I hated it. The film found what I missed back then, which is that the "
    "captain is afraid of the sea.",
)
