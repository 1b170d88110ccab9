using VoiceClean.Audio;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// Rows of one run: megabytes that every clip needs again, in one array of a pool, which rounds each array up to a
/// power of two. Who needs cells asks for them first; they are there, with arbitrary content, once nobody asks more.
/// </summary>
internal sealed class GateCells : IDisposable
{
    private int _count;
    private float[]? _all;

    /// <summary>All cells.</summary>
    public float[] All => _all ??= SampleArrays.Shared.Rent(_count);

    /// <summary>Asks for cells.</summary>
    /// <param name="count">How many.</param>
    /// <returns>Where in <see cref="All"/> they begin.</returns>
    /// <exception cref="OverflowException">There is no array of so many.</exception>
    public int Ask(int count)
    {
        int at = _count;
        _count = checked(_count + count);
        return at;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_all is not null)
        {
            SampleArrays.Shared.Return(_all);
            _all = null;
        }
    }
}
