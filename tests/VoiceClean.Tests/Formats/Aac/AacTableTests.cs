using VoiceClean.Formats.Aac;
using Xunit;

namespace VoiceClean.Tests.Formats.Aac;

/// <summary>What must hold of tables that were entered by hand.</summary>
public class AacTableTests
{
    [Fact]
    public void Every_code_is_complete_and_has_each_symbol_once()
    {
        int[] sizes = [121, 81, 81, 81, 81, 81, 81, 64, 64, 169, 169, 289];
        for (int code = 0; code < sizes.Length; code++)
        {
            byte[] counts = AacCodeWords.Counts[code];
            Assert.Equal(1, counts.Select((count, i) => count * Math.Pow(2, -1 - i)).Sum());
            Assert.Equal(
                Enumerable.Range(0, sizes[code]),
                AacCodeWords.Symbols[code].Select(s => (int)s).Order());
        }
    }

    [Fact]
    public void The_bands_of_every_rate_fill_the_block()
    {
        int[] longBands = [41, 41, 47, 49, 49, 51, 47, 47, 43, 43, 43, 40, 40];
        int[] shortBands = [12, 12, 12, 14, 14, 14, 15, 15, 15, 15, 15, 15, 15];
        for (int index = 0; index < 13; index++)
        {
            AacBands bands = AacBands.Of(index);
            Assert.Equal((longBands[index], shortBands[index]), (bands.Long.Length - 1, bands.Short.Length - 1));
            Assert.Equal((1024, 128), (bands.Long[^1], bands.Short[^1]));
        }
    }

    [Fact]
    public void The_inverse_transform_is_the_sum_of_the_standard()
    {
        var random = new Random(3);
        foreach (int half in new[] { 128, 1024 })
        {
            float[] spectrum = [.. Enumerable.Range(0, half).Select(_ => random.NextSingle() - 0.5f)];
            float[] middle = new float[half];
            new InverseMdct(half, 1).Transform(spectrum, middle);
            float[] mirrored = [.. middle.Reverse()];
            float[] time = [.. mirrored[(half / 2)..].Select(x => -x), .. middle, .. mirrored[..(half / 2)]];
            for (int n = 0; n < 2 * half; n += 37)
            {
                double sum = 0;
                for (int k = 0; k < half; k++)
                {
                    sum += spectrum[k] * Math.Cos(Math.PI / half * (n + 0.5 + half / 2.0) * (k + 0.5));
                }

                Assert.Equal(sum / half, time[n], 1e-6);
            }
        }
    }

    [Fact]
    public void A_coefficient_tells_the_value_that_it_was_made_from_under_every_gain()
    {
        for (int factor = 0; factor < 256; factor++)
        {
            float gain = AacSpectrum.Gain(factor);
            for (int value = 0; value <= AacSpectrum.Largest; value += value < 100 ? 1 : 17)
            {
                float coefficient = AacSpectrum.Power(value) * gain;
                Assert.Equal(value, AacSpectrum.Quantised(coefficient, gain));
                Assert.Equal(-value, AacSpectrum.Quantised(-coefficient, gain));
            }
        }
    }
}
