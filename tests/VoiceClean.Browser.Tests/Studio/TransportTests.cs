using Xunit;

namespace VoiceClean.Browser.Tests.Studio;

/// <summary>
/// What is heard, sample by sample: the page's own transport, rendered by an OfflineAudioContext of a real browser.
/// </summary>
public sealed class TransportTests(StudioFixture browser) : IClassFixture<StudioFixture>
{
    private const double Bound = 1e-6;

    // Three noises of two seconds and a fourth for the exchange; "at" does something when the rendering gets there, and
    // notes at which sample it takes effect. "error" is the greatest difference outside the ramps.
    private const string Bench = """
        (async work => {
          const { Transport, sound, RATE } = await import("/js/transport.js");
          const noise = seed => Float32Array.from({ length: 2 * RATE }, () => {
            seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
            return (seed / 2 ** 32) - 0.5;
          });
          const data = { before: noise(1), after: noise(2), residue: noise(3), other: noise(4) };
          const context = new OfflineAudioContext(1, 3 * RATE, RATE);
          const transport = new Transport(() => context, 0.004);
          transport.setSources({
            before: sound(data.before), after: sound(data.after), residue: sound(data.residue),
          }, { before: 6, after: 0, residue: -3 });
          const at = (time, act) => {
            const done = { sample: 0 };
            context.suspend(time).then(() => {
              done.sample = Math.round(transport.soon() * RATE);
              act();
              context.resume();
            });
            return done;
          };
          const gain = db => 10 ** (db / 20);
          const render = async () => (await context.startRendering()).getChannelData(0);
          const error = (out, from, to, expected) => {
            let worst = 0;
            for (let i = from; i < to; i++) worst = Math.max(worst, Math.abs(out[i] - expected(i)));
            return worst;
          };
          const SWITCH = 0.010 * RATE, SWAP = 0.020 * RATE;
          return work({ transport, sound, data, context, at, gain, render, error, SWITCH, SWAP, RATE });
        })
        """;

    [Fact]
    public async Task Switching_keeps_the_place_to_the_sample_and_the_gain_that_was_matched()
    {
        double worst = await Run("""
            async ({ transport, data, at, gain, render, error, SWITCH, RATE }) => {
              await transport.play(0.25);
              const start = Math.round(transport.anchor.time * RATE), shift = (0.25 * RATE) - start;
              const a = at(0.4, () => transport.select("before")), b = at(0.8, () => transport.select("residue"));
              const c = at(1.2, () => transport.select("after"));
              const out = await render();
              return Math.max(
                error(out, start + SWITCH, a.sample, i => data.after[i + shift]),
                error(out, a.sample + SWITCH, b.sample, i => data.before[i + shift] * gain(6)),
                error(out, b.sample + SWITCH, c.sample, i => data.residue[i + shift] * gain(-3)),
                error(out, c.sample + SWITCH, 2 * RATE - shift - 1, i => data.after[i + shift]));
            }
            """);
        Assert.InRange(worst, 0, Bound);
    }

    [Fact]
    public async Task A_new_result_takes_the_place_of_the_running_one_at_the_same_sample()
    {
        double worst = await Run("""
            async ({ transport, sound, data, at, render, error, SWITCH, SWAP, RATE }) => {
              await transport.play(0);
              const start = Math.round(transport.anchor.time * RATE);
              const a = at(0.5, () => transport.setSources({ after: sound(data.other) }));
              const b = at(1, () => transport.setSources({ after: sound(data.after.subarray(RATE / 2), 0.5) }));
              const out = await render();
              return Math.max(
                error(out, start + SWITCH, a.sample, i => data.after[i - start]),
                error(out, a.sample, a.sample + SWAP, i => {
                  const share = (i - a.sample) / SWAP;
                  return ((1 - share) * data.after[i - start]) + (share * data.other[i - start]);
                }),
                error(out, a.sample + SWAP, b.sample, i => data.other[i - start]),
                error(out, b.sample + SWAP, start + 2 * RATE - 1, i => data.after[i - start]));
            }
            """);
        Assert.InRange(worst, 0, Bound);
    }

    [Fact]
    public async Task Switches_between_equal_sounds_cannot_be_heard_even_if_each_begins_within_the_last()
    {
        double worst = await Run("""
            async ({ transport, sound, data, at, render, error, SWITCH, RATE }) => {
              transport.setSources(
                { before: sound(data.after), residue: sound(data.after) },
                { before: 0, residue: 0 });
              await transport.play(0);
              const start = Math.round(transport.anchor.time * RATE);
              for (let i = 0; i < 40; i++) {
                at(0.3 + (i * 0.004), () => transport.select(["before", "residue", "after"][i % 3]));
              }
              at(1, () => transport.setSources({ after: sound(data.after.slice()) }));
              at(1.012, () => transport.setSources({ after: sound(data.after.slice()) }));
              const out = await render();
              return error(out, start + SWITCH, start + 2 * RATE - 1, i => data.after[i - start]);
            }
            """);
        Assert.InRange(worst, 0, Bound);
    }

    [Fact]
    public async Task A_loop_comes_round_on_the_sample_and_an_exchange_within_it_stays_in_step()
    {
        double worst = await Run("""
            async ({ transport, sound, data, at, render, error, SWITCH, SWAP, RATE }) => {
              transport.loop(0.5, 0.8);
              await transport.play(0.5);
              const start = Math.round(transport.anchor.time * RATE);
              const place = i => (0.5 * RATE) + ((i - start) % (0.3 * RATE));
              const a = at(1.3, () => transport.setSources({ after: sound(data.other) }));
              const out = await render();
              return Math.max(
                error(out, start + SWITCH, a.sample, i => data.after[place(i)]),
                error(out, a.sample + SWAP, 2.9 * RATE, i => data.other[place(i)]));
            }
            """);
        Assert.InRange(worst, 0, Bound);
    }

    [Fact]
    public async Task Jumps_while_it_plays_land_on_the_sample()
    {
        double worst = await Run("""
            async ({ transport, data, at, render, error, SWITCH, RATE }) => {
              await transport.play(1);
              const start = Math.round(transport.anchor.time * RATE);
              const a = at(0.5, () => transport.seek(0.1));
              const out = await render();
              return Math.max(
                error(out, start + SWITCH, a.sample, i => data.after[i - start + RATE]),
                error(out, a.sample + SWITCH, a.sample + RATE, i => data.after[i - a.sample + (0.1 * RATE)]));
            }
            """);
        Assert.InRange(worst, 0, Bound);
    }

    private async Task<double> Run(string work)
    {
        await using StudioPage page = await browser.Open(null);
        await page.Quietly();
        return await page.Watched.Ask<double>($"({Bench})({work})");
    }
}
