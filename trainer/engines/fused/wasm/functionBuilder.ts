import { unsigned, sized, vector, type Code } from './encoding'
import { i32, TYPE_BYTES, type Expr, type Int, type Type } from './instructions'

/** A variable of a function: reading it is an expression. */
export interface Local<T extends Type> extends Expr<T> {
  readonly index: number
}

/** A function that can be called. */
export interface Callable {
  readonly index: number
  readonly params: readonly Type[]
}

/**
 * Writes the body of one function, statement after statement. Locals made inside of a `scope` are free for others
 * when it ends.
 */
export class FunctionBuilder {
  readonly params: readonly Local<Type>[]
  private readonly types: Type[] = []
  private readonly free: { [T in Type]?: Local<T>[] } = {}
  /** Runs before everything else. */
  private readonly prologue: Code[] = []
  private readonly constants = new Map<string, Local<Type>>()
  private code: Code[] = []
  private held: Local<Type>[] = []

  constructor(
    readonly index: number,
    readonly paramTypes: readonly Type[]
  ) {
    this.params = paramTypes.map((type, i) => variable(type, i))
  }

  /** A parameter that is a whole number. */
  int(position: number): Local<'i32'> {
    const found = this.params[position]
    if (found?.type !== 'i32') throw new Error(`Parameter ${position} is no i32.`)
    return found as Local<'i32'>
  }

  /** A constant with a name: written down once, at the start of the function. */
  constant<T extends Type>(name: string, value: () => Expr<T>): Local<T> {
    const found = this.constants.get(name)
    if (found) return found as Local<T>
    const constant = value()
    const local = variable(constant.type, this.params.length + this.types.push(constant.type) - 1)
    this.prologue.push(constant.code, 0x21, unsigned(local.index))
    this.constants.set(name, local)
    return local
  }

  /** A new variable; it holds anything until it is set. */
  local<T extends Type>(type: T): Local<T> {
    const spare = (this.free[type] as Local<T>[] | undefined)?.pop()
    const local = spare ?? variable(type, this.params.length + this.types.push(type) - 1)
    this.held.push(local)
    return local
  }

  /** Works a value out once, now. */
  keep<T extends Type>(value: Expr<T>): Local<T> {
    const local = this.local(value.type)
    this.set(local, value)
    return local
  }

  set<T extends Type>(local: Local<T>, value: Expr<T>): void {
    this.code.push(value.code, 0x21, unsigned(local.index))
  }

  /** Adds to a whole number. */
  advance(local: Local<'i32'>, bytes: number): void {
    if (bytes !== 0) this.set(local, i32.add(local, i32.const(bytes)))
  }

  /** A statement: a store. */
  do(statement: Code): void {
    this.code.push(statement)
  }

  call(target: Callable, ...args: readonly Expr<Type>[]): void {
    if (args.map((a) => a.type).join() !== target.params.join())
      throw new Error('The arguments do not fit the function.')
    this.code.push(
      args.map((a) => a.code),
      0x10,
      unsigned(target.index)
    )
  }

  /** Repeats until the condition no longer holds; at least once. */
  repeat(body: () => void, condition: () => Int): void {
    this.code.push(0x03, 0x40)
    this.scope(body)
    this.code.push(condition().code, 0x0d, 0, 0x0b)
  }

  /** Repeats as long as the condition holds. */
  while(condition: Int, body: () => void): void {
    this.if(condition, () => this.repeat(body, () => condition))
  }

  if(condition: Int, body: () => void, otherwise?: () => void): void {
    this.code.push(condition.code, 0x04, 0x40)
    this.scope(body)
    if (otherwise) {
      this.code.push(0x05)
      this.scope(otherwise)
    }
    this.code.push(0x0b)
  }

  scope<R>(body: () => R): R {
    const outer = this.held
    this.held = []
    const result = body()
    for (const local of this.held) ((this.free[local.type] ??= []) as Local<Type>[]).push(local)
    this.held = outer
    return result
  }

  /** The function as the code section holds it. */
  encode(): Code {
    const locals = this.types.map((type): Code => [1, TYPE_BYTES[type]])
    return sized([vector(locals), this.prologue, this.code, 0x0b])
  }
}

function variable<T extends Type>(type: T, index: number): Local<T> {
  return { type, index, code: [0x20, unsigned(index)] }
}
