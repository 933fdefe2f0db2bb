import { emptyWordModel, scoreWords, type WordModel } from '../model/word-score.ts';
import type { Sample } from './sample.ts';

const EPOCHS = 12;
const RATE = 0.3;
const DECAY = 2e-5;

/**
 * Logistic regression over hashed words by AdaGrad. The order is shuffled by a fixed generator, so
 * the same samples give the same weights. Malicious files are fewer and weigh as much in sum.
 */
export function trainWords(samples: readonly Sample[]): WordModel {
  const model = emptyWordModel();
  const squares = new Float32Array(model.weights.length).fill(1e-4);
  let biasSquare = 1e-4;
  const malicious = samples.filter((sample) => sample.malicious).length || 1;
  const balance = Math.min(6, Math.sqrt((samples.length - malicious) / malicious));
  const order = samples.map((_, at) => at);
  let seed = 20_250_101;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (let at = order.length - 1; at > 0; at--) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      const other = seed % (at + 1);
      [order[at], order[other]] = [order[other] as number, order[at] as number];
    }
    for (const at of order) {
      const sample = samples[at] as Sample;
      const expected = sample.malicious ? 1 : 0;
      const guess = 1 / (1 + Math.exp(-scoreWords(model, sample.words)));
      const gradient = (guess - expected) * (sample.malicious ? balance : 1);
      if (Math.abs(gradient) < 1e-4) continue;
      biasSquare += gradient * gradient;
      model.bias -= (RATE * 0.1 * gradient) / Math.sqrt(biasSquare);
      const step = gradient / Math.sqrt(sample.words.length || 1);
      for (const bucket of sample.words) {
        const weight = model.weights[bucket] as number;
        const slope = step + DECAY * weight;
        const square = (squares[bucket] as number) + slope * slope;
        squares[bucket] = square;
        model.weights[bucket] = weight - (RATE * slope) / Math.sqrt(square);
      }
    }
  }
  return model;
}
