/** Runs a bootstrap command; what it could not do is said in words, without a stack. */
export async function inPlainWords(command) {
  try {
    process.exitCode = await command();
  } catch (error) {
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}
