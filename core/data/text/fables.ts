import { cleanText, profileText } from './profile'

/*
 * Old fables, told anew for Netloom in short sentences and few words, so that a small network learns them soon. They are
 * under the licence of the app.
 */

/** Each fable is a paragraph; 12 of them. */
export const FABLES = `A fox saw a bunch of ripe grapes high up on a wall. The fox jumped, and did not reach them. The fox jumped again, and did not reach them. At last the fox walked away and said: the grapes are sour. It is easy to call bad what you cannot have.

A hare laughed at a tortoise because it was slow. The tortoise said: let us run a race. The hare ran fast, and was soon so far ahead that it lay down to sleep. The tortoise walked on and on, and did not stop. When the hare woke up, the tortoise was at the end of the road. Slow and steady wins the race.

A crow was thirsty and found a jug with a little water in it. The water was so deep down that the crow could not reach it. The crow took a stone and dropped it into the jug. The crow took a stone, and a stone, and a stone. The water rose with every stone, until the crow could drink. Little by little does the trick.

A lion caught a mouse. The mouse said: let me go, and one day I will help you. The lion laughed, and let the mouse go. One day the lion was caught in a net. The mouse heard the lion, came, and bit the net until the lion was free. A small friend can be a great friend.

A dog had a bone and walked over a bridge. In the water the dog saw a dog with a bone. The dog wanted that bone, too, and opened its mouth to take it. The bone fell into the water and was gone. Who wants all may lose all.

An ant worked all summer and carried grain into its house. A grasshopper sang all summer and did not work. When winter came, the grasshopper was hungry and went to the ant. The ant said: you sang all summer, so now you can dance. It is good to think of the winter in the summer.

A boy kept the sheep of a village. He cried: a wolf, a wolf! The people came, and there was no wolf. He cried again: a wolf, a wolf! The people came again, and there was no wolf. Then the wolf came. The boy cried: a wolf, a wolf! And nobody came. Nobody believes a liar, even when he tells the truth.

A crow sat in a tree and had a piece of cheese. A fox came and said: what a fine bird you are, and how well you must sing. The crow opened its mouth to sing, and the cheese fell down. The fox took the cheese and said: do not trust those who praise you.

The wind and the sun saw a man in a coat. The wind said: I can take his coat. The wind blew hard, and the man held his coat. The wind blew harder, and the man held his coat harder. Then the sun came out and shone. The man was warm, and took off his coat. A warm word does more than a cold wind.

A mouse of the town came to a mouse of the fields. The mouse of the fields had grain and water. The mouse of the town said: come to the town, there is cake and cheese. They went to the town and sat down to eat. Then a cat came, and they ran. The mouse of the fields said: I will go home. Grain in peace is better than cake in fear.

A goose laid an egg of gold every day. The man who had the goose wanted all the gold at once. He opened the goose, and there was no gold in it. And there was no goose any more. Who wants too much at once loses what he has.

Two frogs fell into a jug of milk. One frog said: it is too deep, and there is no way out. It stopped and sank. The other frog did not stop. It kicked and kicked, until the milk was butter. Then it stood on the butter and jumped out. Who does not stop may find a way.
`

/** What is known of them. */
export const fablesProfile = profileText(cleanText(FABLES))
