namespace VoiceClean.Formats.Aac;

/// <summary>
/// Temporal noise shaping: filters over the coefficients of a window, which give the noise in it the shape of the
/// signal. Source: ISO/IEC 14496-3 §4.6.9.
/// </summary>
internal sealed class AacNoiseShaping
{
    private const int MostOrder = 20, MostFilters = 3, Windows = 8;

    private static readonly float[][] Reflections = [.. Sequence.Range(0, 4).Select(MakeReflections)];

    private readonly Filter[] _filters = new Filter[Windows * MostFilters];
    private readonly float[] _reflections = new float[Windows * MostFilters * MostOrder];
    private readonly int[] _counts = new int[Windows];

    /// <summary>Reads <c>tns_data</c> (table 4.54); false if it cannot be.</summary>
    public bool Read(ref BitReader bits, bool isThere, bool isShort)
    {
        Array.Clear(_counts);
        for (int window = 0; isThere && window < (isShort ? Windows : 1); window++)
        {
            int count = (int)bits.Read(isShort ? 1 : 2);
            if (count == 0)
            {
                continue;
            }

            int resolution = (int)bits.Read(1);
            for (int i = 0; i < count; i++)
            {
                int length = (int)bits.Read(isShort ? 4 : 6), order = (int)bits.Read(isShort ? 3 : 5);
                int at = window * MostFilters + i;
                bool isDownward = order > 0 && bits.ReadFlag();
                if (order > (isShort ? 7 : 12))
                {
                    return false;
                }

                int compressed = order > 0 ? (int)bits.Read(1) : 0;
                _filters[at] = new Filter(length, order, isDownward);
                float[] table = Reflections[2 * compressed + resolution];
                for (int k = 0; k < order; k++)
                {
                    _reflections[at * MostOrder + k] = table[bits.Read(3 + resolution - compressed)];
                }
            }

            _counts[window] = count;
        }

        return !bits.IsBeyondEnd;
    }

    /// <summary>Applies the filters.</summary>
    /// <param name="channel">Whose spectrum is filtered in place.</param>
    /// <param name="bands">Of the sampling rate.</param>
    public void Apply(AacChannel channel, AacBands bands)
    {
        int[] offsets = channel.IsShort ? bands.Short : bands.Long;
        int most = Math.Min(channel.IsShort ? bands.MostShapedShort : bands.MostShapedLong, channel.Bands);
        for (int window = 0; window < (channel.IsShort ? Windows : 1); window++)
        {
            int bottom = offsets.Length - 1;
            for (int i = 0; i < _counts[window]; i++)
            {
                int at = window * MostFilters + i, top = bottom;
                Filter filter = _filters[at];
                bottom = Math.Max(0, top - filter.Length);
                int from = offsets[Math.Min(bottom, most)], to = offsets[Math.Min(top, most)];
                if (filter.Order > 0 && to > from)
                {
                    Run(
                        channel.Spectrum.AsSpan(window * AacFilterBank.Short + from, to - from),
                        _reflections.AsSpan(at * MostOrder, filter.Order),
                        filter.IsDownward);
                }
            }
        }
    }

    private static void Run(Span<float> spectrum, ReadOnlySpan<float> reflections, bool isDownward)
    {
        // From reflection to prediction coefficients (§4.6.9.3).
        int order = reflections.Length;
        Span<float> a = stackalloc float[MostOrder], b = stackalloc float[MostOrder];
        for (int m = 0; m < order; m++)
        {
            for (int i = 0; i < m; i++)
            {
                b[i] = a[i] + reflections[m] * a[m - 1 - i];
            }

            b[..m].CopyTo(a);
            a[m] = reflections[m];
        }

        int step = isDownward ? -1 : 1, at = isDownward ? spectrum.Length - 1 : 0;
        for (int n = 0; n < spectrum.Length; n++, at += step)
        {
            float value = spectrum[at];
            for (int i = 0; i < Math.Min(order, n); i++)
            {
                value -= spectrum[at - (i + 1) * step] * a[i];
            }

            spectrum[at] = value;
        }
    }

    /// <summary>The inverse quantiser of the coefficients: a sine, finer below 0.</summary>
    private static float[] MakeReflections(int kind)
    {
        int resolution = 3 + (kind & 1), width = resolution - (kind >> 1);
        float[] table = new float[1 << width];
        for (int code = 0; code < table.Length; code++)
        {
            int value = code < table.Length / 2 ? code : code - table.Length;
            double steps = (1 << (resolution - 1)) + (value >= 0 ? -0.5 : 0.5);
            table[code] = (float)Math.Sin(value / steps * (Math.PI / 2));
        }

        return table;
    }

    private readonly record struct Filter(int Length, int Order, bool IsDownward);
}
