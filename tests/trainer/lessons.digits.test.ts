import { verifyTopic } from './lessonTopic'

verifyTopic('Digits')
