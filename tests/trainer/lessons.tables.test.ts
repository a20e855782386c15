import { verifyTopic } from './lessonTopic'

verifyTopic('Tables')
