namespace VoiceClean.Testing.Signals;

/// <summary>
/// Words with weak fricatives at their edges, made from nothing: pulses through three formants for vowels, shaped noise
/// for fricatives at the levels measured on speech (/f/ and /θ/ 20 to 23 dB below the vowel, /s/ and /ʃ/ 10 to 13 dB).
/// 32 kHz. Where a word begins and ends is known.
/// </summary>
public static class SyntheticSpeech
{
    /// <summary>[Hz]</summary>
    public const int SampleRate = 32_000;

    /// <summary>24 words and phrases: onset, vowel, coda; a blank is a pause of 120 ms.</summary>
    public static readonly string[] Words =
    [
        "saf",
        "fif",
        "tis",
        "sas",
        "xif",
        "haf",
        "hux",
        "fix",
        "xaf",
        "fas",
        "tas",
        "hit",
        "saf it",
        "fas xip",
        "hus fix",
        "xi hafs",
        "tis bat",
        "hat xuf",
        "fas uf",
        "suf ut",
        "tix tuf",
        "fuf sit",
        "if",
        "us",
    ];

    /// <summary>One word at an RMS of about -20 dBFS.</summary>
    public static float[] Say(string word, int seed)
    {
        var random = new Random(seed);
        double pitch = 100 + (60 * random.NextDouble());
        var samples = new List<float>();
        foreach (char phone in word)
        {
            samples.AddRange(Phone(phone, pitch, random));
        }

        return [.. samples];
    }

    /// <summary>Breath: noise around 1.8 kHz at this level relative to the vowels.</summary>
    public static float[] Breath(double seconds, double db, int seed) =>
        Fricative(seconds, db, 1800, 1200, new Random(seed));

    /// <summary>The word between stretches of background; the level is that of the vowels [dBFS, RMS].</summary>
    /// <returns>The clip and where the word begins and ends in it (first and last 5 ms frame of at least -55 dB re
    /// peak).</returns>
    public static (float[] Clip, int Start, int End) Place(
        float[] word,
        double levelDb,
        double before,
        double after,
        double noiseDb,
        int seed,
        bool isPink = false)
    {
        int lead = (int)(before * SampleRate);
        float[] clip = new float[lead + word.Length + (int)(after * SampleRate)];
        float gain = (float)Math.Pow(10, (levelDb + 20) / 20);
        for (int i = 0; i < word.Length; i++)
        {
            clip[lead + i] = gain * word[i];
        }

        (int start, int end) = Bounds(clip, -55);
        AddNoise(clip, noiseDb, seed, isPink);
        return (clip, start, end);
    }

    /// <summary>First and last 5 ms frame whose RMS is at least so many decibels re the peak sample.</summary>
    public static (int Start, int End) Bounds(ReadOnlySpan<float> clip, double db)
    {
        const int Frame = SampleRate / 200;
        float peak = 0;
        foreach (float x in clip)
        {
            peak = Math.Max(peak, Math.Abs(x));
        }

        double limit = peak * Math.Pow(10, db / 20), power = limit * limit;
        int start = -1, end = 0;
        for (int at = 0; at + Frame <= clip.Length; at += Frame)
        {
            double sum = 0;
            foreach (float x in clip.Slice(at, Frame))
            {
                sum += (double)x * x;
            }

            if (sum / Frame >= power)
            {
                start = start < 0 ? at : start;
                end = at + Frame;
            }
        }

        return (start, end);
    }

    /// <summary>
    /// Adds background of this RMS [dBFS]: white, or pink (three-pole approximation by P. Kellet, normalised here).
    /// </summary>
    public static void AddNoise(Span<float> clip, double db, int seed, bool isPink = false)
    {
        if (double.IsNegativeInfinity(db))
        {
            return;
        }

        var random = new Random(seed);
        float[] noise = new float[clip.Length];
        double a = 0, b = 0, c = 0, square = 0;
        for (int i = 0; i < noise.Length; i++)
        {
            double w = Gauss(random);
            a = (0.99765 * a) + (w * 0.0990460);
            b = (0.96300 * b) + (w * 0.2965164);
            c = (0.57000 * c) + (w * 1.0526913);
            noise[i] = (float)(isPink ? a + b + c + (w * 0.1848) : w);
            square += (double)noise[i] * noise[i] / noise.Length;
        }

        float gain = (float)(Math.Pow(10, db / 20) / Math.Sqrt(Math.Max(square, 1e-30)));
        for (int i = 0; i < noise.Length; i++)
        {
            clip[i] += gain * noise[i];
        }
    }

    private static float[] Phone(char phone, double pitch, Random random) => phone switch
    {
        'a' => Vowel(0.22, pitch, 730, 1090, 2440),
        'i' => Vowel(0.18, pitch, 300, 2290, 3010),
        'u' => Vowel(0.20, pitch, 320, 900, 2240),
        's' => Fricative(0.13, -11, 5500, 2500, random),
        'x' => Fricative(0.13, -12, 3000, 1500, random),
        'f' => Fricative(0.12, -21, 6000, 9000, random),
        't' => Fricative(0.11, -22, 6500, 8000, random),
        'h' => Fricative(0.08, -20, 1500, 1500, random),
        'p' or 'b' => [.. new float[(int)(0.06 * SampleRate)], .. Fricative(0.015, -15, 1500, 2500, random)],
        ' ' => new float[(int)(0.12 * SampleRate)],
        _ => throw new ArgumentOutOfRangeException(nameof(phone), phone, "No such sound."),
    };

    private static float[] Vowel(double seconds, double pitch, params double[] formants)
    {
        float[] x = new float[(int)(seconds * SampleRate)];
        double phase = 0;
        for (int i = 0; i < x.Length; i++)
        {
            phase += pitch * (1 + (0.1 * i / x.Length)) / SampleRate;
            if (phase >= 1)
            {
                phase -= 1;
                x[i] = 1;
            }
        }

        foreach (double f in formants)
        {
            Resonate(x, f, 60 + (f / 20));
        }

        return Shape(x, 0, 0.02);
    }

    private static float[] Fricative(double seconds, double db, double centre, double width, Random random)
    {
        float[] x = new float[(int)(seconds * SampleRate)];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = (float)Gauss(random);
        }

        Resonate(x, centre, width);
        return Shape(x, db, Math.Min(0.03, seconds / 3));
    }

    private static void Resonate(float[] x, double frequency, double width)
    {
        double r = Math.Exp(-Math.PI * width / SampleRate),
            c = 2 * r * Math.Cos(2 * Math.PI * frequency / SampleRate),
            y1 = 0,
            y2 = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double y = x[i] + (c * y1) - (r * r * y2);
            (y2, y1) = (y1, y);
            x[i] = (float)y;
        }
    }

    // To an RMS of -20 dBFS + db, with raised-cosine edges.
    private static float[] Shape(float[] x, double db, double edge)
    {
        double square = x.Sum(v => (double)v * v) / x.Length, gain = Math.Pow(10, (db - 20) / 20) / Math.Sqrt(square);
        int length = (int)(edge * SampleRate);
        for (int i = 0; i < x.Length; i++)
        {
            double fade = Math.Min(1, Math.Min(i + 0.5, x.Length - i - 0.5) / length);
            x[i] = (float)(x[i] * gain * (0.5 - (0.5 * Math.Cos(Math.PI * fade))));
        }

        return x;
    }

    private static double Gauss(Random random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
