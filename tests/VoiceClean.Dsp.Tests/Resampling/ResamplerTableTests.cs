using System.Globalization;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using Xunit;
using static VoiceClean.Dsp.Tests.Resampling.ResamplerMeasurements;

namespace VoiceClean.Dsp.Tests.Resampling;

/// <summary>
/// Prints the figures of the resampler for the documentation: VOICECLEAN_SLOW_TESTS=1 … -class '*ResamplerTable*'
/// -showliveoutput.
/// </summary>
public class ResamplerTableTests
{
    [Fact]
    [Trait("Speed", "Slow")]
    public void The_pass_band_ripples_by_less_than_0_01_dB_and_all_figures_are_printed()
    {
        Requires.SlowTests();
        Print(
            "rate | ripple to .90 | -0.1 dB edge | -3 dB edge | residue at 997 Hz | residue at .8 edge "
                + "| alias at 16 kHz | worst alias | worst image | two tones | sweep | delay "
                + "| first sample, after 5 ms");
        foreach (int rate in PolyphaseResamplerTests.Rates.Select(row => row.Data))
        {
            double edge = Edge(rate);
            double[] comb = [.. Enumerable.Range(0, 26).Select(k => 50 + k * (0.99 * edge - 50) / 25)];
            (double GainDb, double Delay)[] response = Response(rate, comb);
            double ripple = comb.Zip(response).Where(p => p.First <= 0.9 * edge).Max(p => Math.Abs(p.Second.GainDb));
            Assert.InRange(ripple, 0, 0.01);
            double delay = comb.Zip(response).Where(p => p.First <= 0.95 * edge).Max(p => Math.Abs(p.Second.Delay));
            double[] ends = [.. Enumerable.Range(0, 40).Select(k => (0.94 + 0.0015 * k) * edge)];
            (double GainDb, double Delay)[] skirt = [.. ends.SelectMany(f => Response(rate, f))];
            double[] down = [.. new[] { 1.01, 1.02, 1.05, 1.1, 1.2, 1.3, 1.37 }.Where(k => k * 16_000 < rate / 2.0)];
            double[] up = [0.3, 0.5, 0.7, 0.9, 0.95, 0.98, 0.995];
            float[] start = Resample(Waves.Sine(rate / 2, rate, 1000, 1, Math.PI / 2), rate);
            float[] expected = Waves.Sine(start.Length, OutputRate, 1000, 1, Math.PI / 2);
            double later = Enumerable.Range(160, 7000).Max(i => Math.Abs(start[i] - (double)expected[i]));
            Print(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{rate} | {ripple:0.00000} dB | {Last(ends, skirt, -0.1) / edge:0.000} | "
                        + $"{Last(ends, skirt, -3) / edge:0.000} | {Residue(rate, 997):0.0} | "
                        + $"{Residue(rate, 0.8 * edge):0.0} | "
                        + $"{(down.Length > 0 ? Alias(rate, 16_000) : double.NaN):0.0} | "
                        + $"{(down.Length > 0 ? down.Max(k => Alias(rate, k * 16_000)) : double.NaN):0.0} | "
                        + $"{(rate < OutputRate ? up.Max(k => Residue(rate, k * rate / 2)) : double.NaN):0.0} | "
                        + $"{TwoTone(rate):0.0} | {SweepOffRidge(rate):0.0} | {delay * 1e6:0.00000} us | "
                        + $"{Math.Abs(start[0] - 1):0.0000}, {later:0.0e0}"));
        }
    }

    private static double Last(double[] frequencies, (double GainDb, double Delay)[] response, double limit)
        => frequencies.Zip(response).TakeWhile(p => p.Second.GainDb >= limit).Last().First;

    private static void Print(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
