"""Spoken to written, pair by pair: what was said, and what a careful reader would leave of it."""

from __future__ import annotations

import pytest

from tests.support.cleaning_pairs import left_of, pairs

ANNOUNCED = """
we saw it on friday no on saturday night -> we saw it on saturday night
we saw it on friday no saturday night -> we saw it on saturday night
i watched it with my brother (0.3) sorry with my cousin -> i watched it with my cousin
i watched it with my brother sorry my cousin -> i watched it with my cousin
the director (0.3) no the writer said it took nine years -> the writer said it took nine years
she works in a bank no wait in a library -> she works in a library
it was boring no not boring it was patient -> it was patient
the first half (0.4) um no the second half is where i cried -> the second half is where i cried
he plays a doctor (0.3) no a dentist i think -> he plays a dentist i think
it's about his sister i mean his mother -> it's about his mother
they filmed it in spain or rather in portugal -> they filmed it in portugal
they filmed it in spain or rather portugal -> they filmed it in portugal
i gave it three stars no four stars -> i gave it four stars
i saw it three no four times -> i saw it four times
he's a bad man well (0.3) a sad man -> he's a sad man
he leaves her i mean she leaves him -> she leaves him
the green (0.3) sorry the blue coat is hers -> the blue coat is hers
it reminded me of my aunt no wait no my grandmother -> it reminded me of my grandmother
the acting was loud no i mean the acting was quiet -> the acting was quiet
i went there alone (0.4) no sorry i went there with anna -> i went there with anna
it's a comedy no a tragedy really -> it's a tragedy really
he dies in the middle no at the end -> he dies at the end
he dies in the middle excuse me at the end -> he dies at the end
the boy i mean the girl runs into the sea -> the girl runs into the sea
i liked i mean i loved the opening -> i loved the opening
it made me angry or well sad -> it made me sad
she sings (0.3) uh no she hums the whole thing -> she hums the whole thing
it lasts two hours (0.4) no wait three hours -> it lasts three hours
they meet in rome (0.3) actually no in naples -> they meet in naples
i was nine wait no i was ten when i saw it -> i was ten when i saw it
the husband um i mean the brother never speaks -> the brother never speaks
it's slower than the book no than the play -> it's slower than the play
i would buy (0.2) no i would rent it -> i would rent it
the lady in the cape i mean the scarf is the thief -> the lady in the scarf is the thief
the guy in the van i mean the boat is the thief -> the guy in the boat is the thief
she leaves as a maid i mean as a queen and nobody waves -> she leaves as a queen and nobody waves
we sat down to the first sorry to the second film -> we sat down to the second film
it left me calm (0.3) or rather numbed -> it left me numbed
i met her this spring no the spring before -> i met her the spring before
it was my aunt no my aunt's friend who paid -> it was my aunt's friend who paid
she sang no her daughter sang all the songs -> her daughter sang all the songs
"""

UNANNOUNCED = """
i went to the (0.3) i drove to the cinema alone -> i drove to the cinema alone
the story was the story is very simple -> the story is very simple
he gives her he brings her flowers every day -> he brings her flowers every day
she was in the she was on the train -> she was on the train
it was about the it's about a lighthouse -> it's about a lighthouse
i thought it was i thought it would be longer -> i thought it would be longer
i thought the the ending of the movie was brave -> i thought the ending of the movie was brave
my sister didn't my sister never liked it -> my sister never liked it
and then he and then she walks out -> and then she walks out
because i was because i had lost my job -> because i had lost my job
there was a there were two scenes i hated -> there were two scenes i hated
what i what really got me was the silence -> what really got me was the silence
the way he looks the way he looks at the door -> the way he looks at the door
in the beginning of the in the end of the film it rains -> in the end of the film it rains
the man with the the man in the hat is his father -> the man in the hat is his father
i don't i don't think i can watch it again -> i don't think i can watch it again
when she when he closes the door i gasped -> when he closes the door i gasped
they're they were so young -> they were so young
you can you could hear people crying -> you could hear people crying
it's a it's such a gentle film -> it's such a gentle film
this is a this was a gift -> this was a gift
it has this um (0.4) this warm light -> it has this warm light
she had a she has such a calm face -> she has such a calm face
we were we went to see it in june -> we went to see it in june
he he always he never answers the phone -> he never answers the phone
the end the ending made me furious -> the ending made me furious
i can't (0.3) i couldn't look away -> i couldn't look away
for me it was for me it is a film about time -> for me it is a film about time
it felt it felt real -> it felt real
and the the way that the way that she laughs is so sad -> and the way that she laughs is so sad
i wanted to i tried to explain it to my son -> i tried to explain it to my son
if you if you've ever been left you know it -> if you've ever been left you know it
with his with her eyes closed -> with her eyes closed
that scene in the (0.4) that scene on the roof is perfect -> that scene on the roof is perfect
on the on a sunday i watched it -> on a sunday i watched it
it makes you it made me want to call my dad -> it made me want to call my dad
everyone in my everyone in the room was crying -> everyone in the room was crying
it's not (0.3) it isn't a comedy -> it isn't a comedy
"""

BROKEN_OFF = """
the cam- the camera never moves -> the camera never moves
i was so disa- so angry at him -> i was so angry at him
she was ama- she is amazing -> she is amazing
it's a beau- beautiful film -> it's a beautiful film
he walks into the r- the house and sits down -> he walks into the house and sits down
my fav- the scene i love most is the dinner -> the scene i love most is the dinner
i re- i really wanted more -> i really wanted more
i saw it in sep- october -> i saw it in october
the actor who pl- what's amazing is his voice -> what's amazing is his voice
they cou- couldn't stop -> they couldn't stop
and the mu- (0.4) i loved how quiet it was -> and i loved how quiet it was
it was the most (0.6) i couldn't stop smiling -> i couldn't stop smiling
i think the (0.5) i cried a lot -> i cried a lot
the thing about the (0.7) um it was just too long -> it was just too long
she has this (0.6) i don't have the words for it -> i don't have the words for it
and the whole (0.5) you could feel the room get colder -> and you could feel the room get colder
"""

EMPTY_WORDS = """
the goat is like way more clever than him -> the goat is way more clever than him
the jokes are like worth the ticket -> the jokes are worth the ticket
but like my sister had a spare coat -> but my sister had a spare coat
he plays the spoons which you know takes practice -> he plays the spoons which takes practice
my uncle like hates it -> my uncle hates it
everyone was like laughing -> everyone was laughing
it felt you know real -> it felt real
it needs you know patience -> it needs patience
she looks you know tired -> she looks tired
it was like so good -> it was so good
it was like really really slow -> it was really really slow
and like i cried for like two hours -> and i cried for two hours
she's like the best actor alive -> she's the best actor alive
there's like this scene in a lift -> there's this scene in a lift
i like cried at the end -> i cried at the end
he like never smiles -> he never smiles
but like the music is so sad -> but the music is so sad
we were like ten minutes late -> we were ten minutes late
it's like weird but in a good way -> it's weird but in a good way
he just like stands there -> he just stands there
i was um like totally lost -> i was totally lost
it was you know kind of slow -> it was kind of slow
i felt like tired -> i felt tired
i felt like lost because it rained -> i felt lost because it rained
it's more how do you say (0.4) more honest -> it's more honest
she's like chewing paper -> she's chewing paper
well now (0.4) i was a child then -> i was a child then
the hero is how to say (0.4) a fool -> the hero is a fool
you know it was just too long for me -> it was just too long for me
it's you know a film about grief -> it's a film about grief
and you know the music never stops -> and the music never stops
the colours you know were so warm -> the colours were so warm
he never you know says it -> he never says it
i mean it's not perfect -> it's not perfect
it's slow i mean really slow -> it's really slow
it's i mean it's so honest -> it's so honest
but i mean the ending saved it -> but the ending saved it
i was i mean completely gone -> i was completely gone
she was sort of like sad about it -> she was sort of sad about it
then like you know he dies -> then he dies
it was like you know sad -> it was sad
he was like lost in the crowd -> he was lost in the crowd
i was like ten -> i was ten
he just (0.3) like (0.3) walks off -> he just walks off
there were like twenty people in the room -> there were twenty people in the room
i loved it i mean i loved every minute -> i loved it i loved every minute
"""

MIXED = """
um so i saw it i saw it on (0.3) uh on sunday with with my my wife -> i saw it on sunday with my wife
i uh i didn't i didn't expect to to cry but but i did -> i didn't expect to cry but i did
her voice is um (0.3) is like so warm and and you you kind of forget she's a machine
    -> her voice is so warm and you kind of forget she's a machine
it's it's a slow movie and you have to uh you have to be patient with it
    -> it's a slow movie and you have to be patient with it
and in the second in the third act he um he finally he finally calls his ex wife
    -> and in the third act he finally calls his ex wife
i watched it with my hus- with my husband on our uh on our anniversary
    -> i watched it with my husband on our anniversary
the thing is i i went i went in with no expectations and um and i left in tears
    -> the thing is i went in with no expectations and i left in tears
i think the um the main thing for me was was the silence you know the way they they don't talk
    -> i think the main thing for me was the silence you know the way they don't talk
we we went on a (0.4) on a tuesday no on a wednesday because it was cheap
    -> we went on a wednesday because it was cheap
she's um she's playing a she plays a teacher who who loses her her voice
    -> she plays a teacher who loses her voice
the f- the first time i i saw it i was i was with my dad and (0.6) and he fell asleep
    -> the first time i saw it i was with my dad and he fell asleep
it's the kind of film that that makes you look at your own your own life differently
    -> it's the kind of film that makes you look at your own life differently
what i what i liked about it is that it never it never explains itself
    -> what i liked about it is that it never explains itself
my mum she she always said that she always said that good films are short
    -> my mum she always said that good films are short
there's a scene where where he's in the uh in the bath and he's just he's just staring at the at the ceiling
    -> there's a scene where he's in the bath and he's just staring at the ceiling
and i mean the the camera work is is i think it's brilliant
    -> and the camera work is i think it's brilliant
it was like uh two in the morning and i was like i can't go to bed now
    -> it was two in the morning and i was like i can't go to bed now
he's not he's not a bad guy he's just you know he's just weak -> he's not a bad guy he's just weak
i've seen it i think i've seen it three no four times now
    -> i've seen it i think i've seen it four times now
the music by uh by the guy who did (0.4) who did the other one is so so gentle
    -> the music by the guy who did the other one is so so gentle
um when the when the lights come on at the end i was i couldn't i couldn't move
    -> when the lights come on at the end i couldn't move
i wanted to like it i really wanted to like it but the dialogue is is so stiff
    -> i wanted to like it i really wanted to like it but the dialogue is so stiff
it's about a woman who um who cleans hou- who cleans offices at night
    -> it's about a woman who cleans offices at night
i guess i was expecting something i was expecting more of a thriller
    -> i guess i was expecting more of a thriller
there's no (0.3) there isn't any music for like the first half hour
    -> there isn't any music for the first half hour
you can tell that the actors that the actors really liked each other
    -> you can tell that the actors really liked each other
i saw it with my girl- my wife she was my girlfriend then
    -> i saw it with my wife she was my girlfriend then
the the book is um the book is better but the the film has (0.5) the film has a heart
    -> the book is better but the film has a heart
he goes to he goes back to the village where he where he was born
    -> he goes back to the village where he was born
her face when she when she opens the letter sorry the box is just perfect
    -> her face when she opens the box is just perfect
i laughed more than i i laughed more than i cried -> i laughed more than i cried
they should have they could have cut like twenty minutes -> they could have cut twenty minutes
the last the very last shot is a is a door closing -> the very last shot is a door closing
i was in the mood for a for a comedy and got and i got this
    -> i was in the mood for a comedy and i got this
it's it's hard to to say why but i i felt i felt seen -> it's hard to say why but i felt seen
it reminds me of um what's it called of that film with the with the lighthouse
    -> it reminds me of that film with the lighthouse
and at the at the very end she (0.7) she just she smiles -> and at the very end she smiles
he kind of he sort of gives up -> he sort of gives up
some of the some of the jokes didn't work for me -> some of the jokes didn't work for me
the thing that got me was not the was not the death it was the the dog
    -> the thing that got me was not the death it was the dog
we we both we both cried -> we both cried
the the uh (0.5) what i loved most was the ending -> what i loved most was the ending
it looks it looks amazing on a on a big screen -> it looks amazing on a big screen
she tells him that she that she's leaving and he he just he just nods
    -> she tells him that she's leaving and he just nods
to be honest i i nearly (0.3) i almost walked out -> to be honest i almost walked out
i'd give it i'd give it four i mean four and a half -> i'd give it four and a half
you know how in (0.3) in old films they they smoke all the time
    -> you know how in old films they smoke all the time
it's not like it's not like other war films -> it's not like other war films
that was that was like the first time i cried in a in a cinema
    -> that was the first time i cried in a cinema
i like it i like it a lot -> i like it a lot
because the because the film doesn't judge him -> because the film doesn't judge him
the director he wants he wanted us to feel trapped -> the director he wanted us to feel trapped
if i had to if i had to pick one scene it would be the the train
    -> if i had to pick one scene it would be the train
the guy the guy from that from that series is in it -> the guy from that series is in it
so the the way i see it it's uh it's a story about about two people who who just miss each other
    -> the way i see it it's a story about two people who just miss each other
i had to i had to stop it halfway and um make a make a cup of tea because it was just too much
    -> i had to stop it halfway and make a cup of tea because it was just too much
what happens is he he loses his his job no sorry his wife loses her job and then they move
    -> what happens is his wife loses her job and then they move
the um the colours are are really i don't know they're really strange but but beautiful
    -> the colours are really i don't know they're really strange but beautiful
well i uh i used to work in a in a cinema so i've seen i've seen a lot of of bad films
    -> i used to work in a cinema so i've seen a lot of bad films
my daugh- my daughter picked it and she's she's fourteen so i was i was expecting something loud
    -> my daughter picked it and she's fourteen so i was expecting something loud
i think that the the problem is that that nobody in the film is is happy
    -> i think that the problem is that nobody in the film is happy
we watched it in (0.4) in bed on on a laptop which is um not the best not the best way
    -> we watched it in bed on a laptop which is not the best way
he he has this he has this laugh that that sounds like a like a door
    -> he has this laugh that sounds like a door
and you never you never find out who who sent the letter which which drove me mad
    -> and you never find out who sent the letter which drove me mad
it was um it wasn't what i what i thought it would be -> it wasn't what i thought it would be
it's one of those one of those films that (0.5) that stay with you
    -> it's one of those films that stay with you
she could have she should have left him ages ago -> she should have left him ages ago
i cried i mean i really cried at the at the funeral -> i really cried at the funeral
there are there are like three jokes in the whole in the whole movie
    -> there are three jokes in the whole movie
i didn't understand i didn't understand the ending at first -> i didn't understand the ending at first
um at the beginning i was like really bored but then then it got better
    -> at the beginning i was really bored but then it got better
his his mother i mean his stepmother is the is the villain -> his stepmother is the villain
and he says um he says i'm i'm not your son and the the father just um just laughs
    -> and he says i'm not your son and the father just laughs
we don't we never learn her name -> we never learn her name
i would i'd watch it again -> i'd watch it again
it was filmed in in black and white which i which i love
    -> it was filmed in black and white which i love
i i saw the trailer and (0.3) and i thought oh no not another not another superhero
    -> i saw the trailer and i thought oh no not another superhero
the script was written by by two brothers no by a brother and a sister
    -> the script was written by a brother and a sister
after the after about an hour i stopped caring -> after about an hour i stopped caring
you feel you really feel the cold -> you really feel the cold
she is the she's the heart of it -> she's the heart of it
they never they don't ever touch -> they don't ever touch
between the two between the brothers there is so much anger
    -> between the brothers there is so much anger
the dialogue it's it's like people actually talk -> the dialogue it's like people actually talk
i wish they had i wish there was more of her -> i wish there was more of her
a lot of a lot of people left early -> a lot of people left early
for for my for my taste it was a bit long -> for my taste it was a bit long
it was raining when we when we came out and i didn't i didn't open my umbrella
    -> it was raining when we came out and i didn't open my umbrella
he plays the he is the best thing in it -> he is the best thing in it
the first act (0.3) the second act drags a bit -> the second act drags a bit
maybe it's maybe it's just me -> maybe it's just me
all of the all the songs are new -> all the songs are new
i was hoping for i hoped for a happy ending -> i hoped for a happy ending
you could say it's you could call it a musical -> you could call it a musical
she she didn't even look at she didn't even look back -> she didn't even look back
to me the to me it felt like a letter -> to me it felt like a letter
"""

MEANT = """
you will like it
he might like this one
i still like it
i would sort of like to own it
what was it like for you
that's what it's like to lose someone
it's like lost in translation but slower
it's really like lost in translation
it's like before sunrise
it's like twelve angry men
it's like so many films
it was like two people talking
it's like when you come home
films like seven are rare
he moves like in a dream
people like him stay
there's nothing like it
it tasted like summer
i felt like a tourist
i felt like running
it felt like home
it's like watching rain
nobody knows how to say goodbye
it was a very very long film
no no no that is not what happens
it took a long long time to end
she had had enough of him
i think that that was the point
what it was was a goodbye
i like this film because it is honest
you know the scene where he waits on the stairs
he didn't smile no the smile was hers
she never sings no her mother sings
did he shout no the boy shouted
the end is near no wonder i shook
i went to the early show sorry to say
and like my mother i cried
like my father would say it's only a coat
like her mother did in the war
it was like way down in the hole
and i was like because of the goat
the songs my friends like gives me a headache
nobody like her exists
a trick which you know works every time
how it looks you know better than me
he has you know who to help him
you know the actor who plays the cook
you know by then that they will part
i felt like a child again
he looks like my father
it was like a dream
i was like no way
i mean it i will see it again
it is what it is
he said no and she said yes
there is no hope in it
i have no idea why i cried
the music is sad and the ending is sad
he loves her and she loves him
i liked the first half i didn't like the second half
i saw it in rome and i saw it in paris
she laughs and then she cries and then she sleeps
i would say it is about work not about love
it's well written and well acted
i'm sorry for the dog
it was sorry and small
i'd rather read the book
i would rather watch paint dry
the man who knew him knew her too
i know he knows
every day he walks to the sea and every day he walks back
at night he writes at night he is free
i watched it on my own on a rainy day
in the end in spite of everything they stay
from the first shot to the last shot it is grey
he is the kind of man who is the last to leave
she was my friend she was my only friend
it was cold it was dark it was perfect
i came i saw i wept
to me it is to this day the best one
the people you know the least surprise you most
do you know what he does
i wait for no man
we sat there and we said nothing
that you that i knew is gone
they say it was written in a week
i was told it was good
the one i like is the one i saw first
some like it hot and some like it slow
nobody says i love you like he does
it feels like home
bye bye he says and goes
it's better than i thought it was
when i was young i was afraid of the dark
it's like when you wake up and don't know where you are
it hurts but it hurts in a good way
the more i think about it the more i like it
i cried at the end of the film at the station
he gave her a ring and gave her a house
she is the best and he is the worst
the film is long but the film is never boring
i loved the colours the light the silence
one by one they leave
well made and well meant
little by little he opens up
half of it is music half of it is silence
"""


@pytest.mark.parametrize(("spoken", "left"), pairs(ANNOUNCED))
def test_of_a_repair_that_is_announced_the_repair_stays(spoken: str, left: str) -> None:
    assert left_of(spoken) == left


@pytest.mark.parametrize(("spoken", "left"), pairs(UNANNOUNCED))
def test_of_a_repair_without_an_announcement_the_repair_stays(spoken: str, left: str) -> None:
    assert left_of(spoken) == left


@pytest.mark.parametrize(("spoken", "left"), pairs(BROKEN_OFF))
def test_what_was_broken_off_goes(spoken: str, left: str) -> None:
    assert left_of(spoken) == left


@pytest.mark.parametrize(("spoken", "left"), pairs(EMPTY_WORDS))
def test_empty_words_go_where_the_sentence_is_the_same_without_them(spoken: str, left: str) -> None:
    assert left_of(spoken) == left


@pytest.mark.parametrize(("spoken", "left"), pairs(MIXED))
def test_several_troubles_in_one_answer_are_untangled(spoken: str, left: str) -> None:
    assert left_of(spoken) == left


@pytest.mark.parametrize("spoken", MEANT.strip().splitlines())
def test_what_is_fluent_stays_as_it_is(spoken: str) -> None:
    assert left_of(spoken) == spoken
