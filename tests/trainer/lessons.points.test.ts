import { verifyTopic } from './lessonTopic'

verifyTopic('Points in the plane')
