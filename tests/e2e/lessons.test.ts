import { describe, expect } from 'vitest'
import { lessons } from '@core/lessons'
import { test, trainerReady, type Netloom } from './fixtures'

const by = (netloom: Netloom, id: string) => netloom.page.getByTestId(id)

describe('lessons', () => {
  test('open from the rail, tick their steps and break and mend what they teach', async ({ world }) => {
    const netloom = await world.launch()
    await trainerReady(netloom)
    await by(netloom, 'template-two-moons').click()
    await by(netloom, 'tab-lessons').click()
    for (const lesson of lessons) expect(await by(netloom, 'lessons-tab').innerText()).toContain(lesson.goal)
    await by(netloom, 'lesson-overfit-live').click()
    expect(await by(netloom, 'lesson-title').innerText()).toBe('Overfitting, live')
    expect(await by(netloom, 'lesson-progress').innerText()).toBe('0 of 4')

    await by(netloom, 'train').click()
    await netloom.page.getByTestId('lesson-progress').getByText('1 of 4').waitFor()

    await by(netloom, 'lesson-step-4').click()
    await netloom.page.locator('.lesson-ring').first().waitFor({ state: 'attached' })
    await by(netloom, 'field-kernelRegularizer').waitFor()

    await by(netloom, 'break-it').click()
    const strength = by(netloom, 'field-kernelRegularizer-rate-input')
    expect(await strength.inputValue()).toBe('1')
    await by(netloom, 'break-why').click()
    expect(await by(netloom, 'lessons-tab').innerText()).toContain('underfitting')
    await by(netloom, 'undo').click()
    expect(await strength.count()).toBe(0)

    await by(netloom, 'question-1').click()
    expect(await by(netloom, 'lessons-tab').innerText()).toContain('no single point is worth a bend')

    await by(netloom, 'lesson-again').click()
    await netloom.page.getByTestId('lesson-progress').getByText('0 of 4').waitFor()
  })
})
