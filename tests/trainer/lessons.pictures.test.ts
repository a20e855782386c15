import { verifyTopic } from './lessonTopic'

verifyTopic('Colour pictures')
