import { formats } from '@core/export/formats'

/** What `netloom --help` prints. */
export const help = `Netloom on the command line: the same engine as in the window.

  netloom train FILE|LESSON     train a network
  netloom summary FILE|LESSON   layers, shapes and parameters
  netloom check FILE|LESSON     what is wrong with a project, if anything
  netloom predict FILE --text "Once upon"
                                what a network of characters writes on
  netloom predict FILE --data points.csv
                                the answer to each row of a new table, as CSV; for classes with the
                                share of each. Also --data pictures, a folder
  netloom export FILE --format NAME --out FOLDER
                                the trained network as files that open elsewhere, read back and proven
  netloom import MODEL --out PROJECT.netloom
                                a trained model of Keras (.keras, .h5) or TensorFlow.js (model.json) as a
                                project with its weights
  netloom lessons               the lessons; with --verify trains them and compares with their goals
  netloom data list             the data sets of the library
  netloom data info NAME        what is in one, who made it, where it lies
  netloom data get NAME         bring one to this computer
  netloom data import NAME PATH take one from its published files
  netloom data import TABLE     read a table (.csv, .tsv, .xlsx) and say what is in it
  netloom runs                  the runs that were kept, of the window and of train
  netloom runs search WORDS     those that these words are found in
  netloom runs show ID          settings and outcome of one
  netloom runs delete|restore|star|unstar ID …
  netloom runs tag|untag ID … TAG
  netloom runs name|note ID WORDS
  netloom runs reproduce ID     train it again and compare every number; exit code 1 where one differs
  netloom compare ID ID …       where runs differ, and what came of it
  netloom sweep FILE|LESSON --set hidden.units=1,2,3
                                train with several values of settings, side by side, and compare
  netloom sweep                 the sweeps that were begun
  netloom sweep --resume ID     go on with one, or show what it came to
  netloom engines               the engines of this computer

ID is the start of a run’s id, as far as it is like no other.

FILE is a .netloom project or a document.json. LESSON is the id of a lesson or template.

Options for all of them
  --set path=value   change a setting, as often as needed: --set nodes.hidden.units=5
  --data FILE        use this table (.csv, .tsv, .xlsx); the last column is the answer, if none is chosen
  --engine NAME      auto, native, wasm or fused
  --json             lines of JSON on stdout

Options of predict, for a text
  --length N         characters to write; 200 if it is not said
  --temperature T    from 0.05 (the likeliest) to 5 (anything); 0.6 if it is not said
  --seed N           draws other characters

Options of train
  --epochs N         passes over the training data
  --steps N          stop after N updates
  --seed N           seed of starting weights and shuffling
  --init FILE        starting weights: {"hidden":{"kernel":[[…]],"bias":[…]}}; also for predict
  --log FILE         lines of JSON into this file
  --log-every N      report epoch 1 and every N epochs after it
  --train-loss WHEN  measure the whole training part at reported epochs: on, off, or auto (below 5,000 rows)
  --no-keep          do not keep the run among your runs
  --save FOLDER      write project.netloom with the trained network, weights.json and metrics.jsonl

Options of export
  --format NAME      ${Object.keys(formats).join(', ')}
  --out FOLDER       a new folder
  --network ID       of a project with several networks; the one that is given the data otherwise

Options of sweep
  --set PATH=VALUES  1,2,3 or tanh,relu or 0.1..0.5 or log:1e-4..1e-1, with /7 for seven values of a range;
                     PATH may be the end of one: hidden.units, learningRate. A single value is set in all
  --random N         draw N combinations in the place of all of them; --seed draws others
  --seeds K          train each from K starts; 1 if it is not said
  --epochs N         epochs of each training
  --halving          only the best third goes on after a ninth and a third of the epochs
  --jobs N           trainings at once; as many as there are cores if it is not said

Options of lessons
  --verify           train each lesson and compare what it reaches with its goal; exit code 1 where one is missed
  --quick            shorter trainings with goals of their own
  --only ID,ID       these lessons
  --resume FILE      keep results in this file, and skip lessons that have one from the same commit

Exit codes: 0 success, 1 training failed, 2 wrong input (the reason is on stderr), 130 interrupted.
`
