import p2 from '../../trainer/main'
export const z = [p2]
