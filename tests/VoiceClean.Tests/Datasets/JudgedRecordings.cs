using VoiceClean.Dsp.Statistics;
using VoiceClean.Testing.Signals;

namespace VoiceClean.Tests.Datasets;

/// <summary>
/// Recordings for the judge, good and bad: speech with noise, hum, clipping, bumps, in all lengths; whispers, silence
/// and noises without speech. All from seeds.
/// </summary>
internal static class JudgedRecordings
{
    public const int SampleRate = Talk.SampleRate;

    private static readonly Func<float[], Random, float[]>[] Changes =
    [
        (x, _) => x,
        (x, r) => Added(x, White(x.Length, r, Level(x) - (35 * r.NextDouble()) + 15)),
        (x, r) => Added(x, Brown(x.Length, r, Level(x) - (35 * r.NextDouble()) + 15)),
        (x, r) => Added(x, Hum(x.Length, r.Next(2) == 0 ? 50.02 : 59.97, Level(x) - (30 * r.NextDouble()) + 10)),
        (x, r) => Clipped(x, 0.02 + (0.98 * r.NextDouble())),
        (x, r) => Added(Clipped(x, 0.1), White(x.Length, r, Level(x) - 20)),
        (x, r) => Scaled(x, (-60 * r.NextDouble()) - 5),
        (x, r) => Bumped(Scaled(x, -30), r),
        (x, r) => x[..Math.Min(x.Length, SampleRate / 10 * r.Next(1, 20))],
        (x, _) => [.. x.Select(v => v + 0.1f)],
        (x, r) => Added(x, Clicks(x.Length, r, 0.3)),
        (x, r) => [.. new float[SampleRate / 5 * r.Next(1, 10)], .. x],
    ];

    /// <summary>Made ones, at least one of every kind.</summary>
    public static IEnumerable<(string Name, float[] Samples)> Made(int count)
    {
        for (int i = 0; i < count; i++)
        {
            var random = new Random(i);
            int kind = i % (Changes.Length + 6);
            yield return ($"made{i:000}-{kind}", kind < Changes.Length
                ? Changes[kind](Spoken(random), random)
                : WithoutVoice(kind - Changes.Length, random));
        }
    }

    /// <summary>Real speech changed in each of the ways.</summary>
    public static IEnumerable<(string Name, float[] Samples)> Real(IReadOnlyList<float[]> clips)
    {
        for (int c = 0; c < clips.Count; c++)
        {
            float[] clip = clips[c].AsSpan(0, Math.Min(clips[c].Length, 6 * SampleRate)).ToArray();
            for (int k = 0; k < Changes.Length; k++)
            {
                yield return ($"real{c:00}-{k}", Changes[k](clip, new Random((100 * c) + k)));
            }
        }
    }

    private static float[] Spoken(Random r) =>
        Talk.Synthetic(
            1.5 + (3 * r.NextDouble()),
            -15 - (15 * r.NextDouble()),
            -80 + (45 * r.NextDouble()),
            r.Next(2) == 0,
            r.Next()).Samples;

    private static float[] WithoutVoice(int kind, Random r)
    {
        int length = SampleRate * r.Next(1, 5);
        return kind switch
        {
            0 => new float[length],
            1 => White(length, r, -80 + (70 * r.NextDouble())),
            2 => Brown(length, r, -20),
            3 => Hum(length, 50, -10 - (50 * r.NextDouble())),
            4 => Clicks(length, r, 0.5),
            // Whispered: noise that swells and falls with the syllables.
            _ => [.. White(length, r, -25).Select((v, i) => v * (float)Math.Abs(Math.Sin(12.0 * i / SampleRate)))],
        };
    }

    private static float[] White(int length, Random r, double db)
    {
        float[] noise = new float[length];
        SyntheticSpeech.AddNoise(noise, db, r.Next());
        return noise;
    }

    private static float[] Brown(int length, Random r, double db)
    {
        float[] noise = White(length, r, 0);
        double state = 0;
        for (int i = 0; i < length; i++)
        {
            state = (0.99 * state) + noise[i];
            noise[i] = (float)state;
        }

        return Scaled(noise, db - Level(noise));
    }

    private static float[] Hum(int length, double hz, double db)
    {
        float[] hum = new float[length];
        for (int i = 0; i < length; i++)
        {
            for (int h = 1; h <= 9; h += 2)
            {
                hum[i] += (float)(Math.Sin((2 * Math.PI * h * hz * i / SampleRate) + h) / Math.Sqrt(h));
            }
        }

        return Scaled(hum, db - Level(hum));
    }

    private static float[] Clicks(int length, Random r, double peak)
    {
        float[] clicks = White(length, r, -75);
        for (int at = r.Next(5000); at + 300 < length; at += 2000 + r.Next(12_000))
        {
            for (int i = 0; i < 300; i++)
            {
                clicks[at + i] += (float)(peak * ((2 * r.NextDouble()) - 1) * Math.Exp(-i / 60.0));
            }
        }

        return clicks;
    }

    // 150 ms of a hand at the microphone, up to full scale.
    private static float[] Bumped(float[] x, Random r)
    {
        float[] bump = Brown(Math.Min(x.Length, SampleRate * 3 / 20), r, 0), bumped = [.. x];
        double largest = bump.Max(Math.Abs);
        int at = r.Next(x.Length - bump.Length + 1);
        for (int i = 0; i < bump.Length; i++)
        {
            bumped[at + i] += (float)(0.9 * bump[i] / largest * (1 - ((double)i / bump.Length)));
        }

        return bumped;
    }

    private static float[] Clipped(float[] x, double share)
    {
        float most = (float)(x.Max(Math.Abs) * share);
        return [.. x.Select(v => Math.Clamp(v, -most, most))];
    }

    private static float[] Scaled(float[] x, double db) => [.. x.Select(v => v * (float)Decibels.ToAmplitude(db))];

    private static float[] Added(float[] x, float[] y) => [.. x.Zip(y, (a, b) => a + b)];

    private static double Level(float[] x) =>
        Decibels.FromPower(Math.Max(1e-9, SampleStatistics.SumOfSquares(x) / Math.Max(1, x.Length)));
}
