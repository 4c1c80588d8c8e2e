// The core, which scores answers and writes pages: a WebAssembly module that this page carries.

/** The bytes of an element that holds a gzip file as base64. */
async function unpacked(id) {
  const letters = atob(document.getElementById(id).textContent);
  const packed = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) packed[at] = letters.charCodeAt(at);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** What the page was written with: the pack, the options, and what the core says when it has opened the pack. */
export const carried = async () => JSON.parse(new TextDecoder().decode(await unpacked("quiz-pack")));

/** Starts a module; gives a function that has a request answered with a text, or throws what is wrong. */
export async function start(bytes) {
  const { instance } = await WebAssembly.instantiate(bytes);
  const { memory, input, answer, output, output_size: size } = instance.exports;
  return (request) => {
    const asked = new TextEncoder().encode(JSON.stringify(request));
    // the address first: making room may move the memory
    const at = input(asked.length);
    new Uint8Array(memory.buffer, at, asked.length).set(asked);
    const right = answer();
    const reply = new TextDecoder().decode(new Uint8Array(memory.buffer, output(), size()));
    if (!right) throw new Error(reply);
    return reply;
  };
}

/** Starts the module of this page and opens its pack, when the browser has had the time to draw the first screen. */
export async function startCarried(setup) {
  await new Promise((drawn) => setTimeout(drawn, 20));
  const ask = await start(await unpacked("quiz-engine"));
  ask({ op: "open", ...setup });
  return ask;
}
