namespace VoiceClean.Testing.Signals;

/// <summary>What happens beside the voice: a hand at the microphone, a door, one wrong sample. Peak 0.9.</summary>
public static class Bumps
{
    /// <summary>The kinds that <see cref="Make"/> knows.</summary>
    public static readonly string[] Kinds = ["brown", "white", "thump", "sample"];

    /// <summary>One of the kinds.</summary>
    /// <param name="kind">"brown": noise of 6 dB per octave; "white"; "thump": a swinging table at 60 Hz; "sample": a
    /// single one.</param>
    /// <param name="milliseconds">Length.</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="seed">Of the noise.</param>
    public static float[] Make(string kind, int milliseconds, int sampleRate, int seed = 1)
    {
        if (kind == "sample")
        {
            return [0.9f];
        }

        float[] bump = WhiteNoise.Gaussian(sampleRate * milliseconds / 1000, seed, 1);
        double state = 0;
        for (int i = 0; i < bump.Length; i++)
        {
            double t = (double)i / bump.Length;
            state = (0.99 * state) + bump[i];
            double x = kind switch
            {
                "brown" => state,
                "white" => bump[i],
                _ => Math.Sin(2 * Math.PI * 60 * i / sampleRate),
            };
            bump[i] = (float)(x * Math.Min(1, 50 * t) * Math.Exp(-4 * t) * (1 - t));
        }

        float largest = bump.Max(Math.Abs);
        return [.. bump.Select(v => 0.9f * v / largest)];
    }

    /// <summary>A recording with something added.</summary>
    public static float[] Added(float[] recording, float[] bump, int at)
    {
        float[] sum = [.. recording];
        for (int i = 0; i < bump.Length; i++)
        {
            sum[at + i] = Math.Clamp(sum[at + i] + bump[i], -1, 1);
        }

        return sum;
    }
}
