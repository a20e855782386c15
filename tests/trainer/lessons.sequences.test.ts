import { verifyTopic } from './lessonTopic'

verifyTopic('Sequences')
