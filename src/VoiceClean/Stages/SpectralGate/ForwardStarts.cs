using VoiceClean.Audio;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// The states in which forward runs of a <see cref="NoiseTrack"/> begin. One thread comes past the beginning of each
/// run with the one before; several threads need all of them first.
/// </summary>
internal sealed unsafe class ForwardStarts
{
    private readonly (int Cell, float[] Noise, float[] Presence)[] _starts;      // cells ascending
    private int _known = 1;                                                     // so many of them, from the first on

    /// <param name="cells">Where runs begin, ascending; the first is 0.</param>
    /// <param name="profile">λ with which the first one begins [Stride].</param>
    public ForwardStarts(ReadOnlySpan<int> cells, float[] profile)
    {
        _starts = new (int Cell, float[] Noise, float[] Presence)[cells.Length];
        for (int i = 0; i < cells.Length; i++)
        {
            _starts[i] = (cells[i], (float[])profile.Clone(), new float[profile.Length]);
            Array.Fill(_starts[i].Presence, 0.5f);
        }
    }

    /// <summary>A copy of the state in which the run from a cell begins: λ and mean presence [Stride each].</summary>
    public (float[] Noise, float[] Presence) Of(int cell)
    {
        (_, float[] noise, float[] presence) = Array.Find(_starts, s => s.Cell == cell);
        return ((float[])noise.Clone(), (float[])presence.Clone());
    }

    /// <summary>Takes the state of a run that comes to where another one will begin, unless it is known.</summary>
    /// <param name="cell">The next cell.</param>
    /// <param name="noise">λ before it [Stride].</param>
    /// <param name="presence">Mean presence before it [Stride].</param>
    public void Take(int cell, ReadOnlySpan<float> noise, ReadOnlySpan<float> presence)
    {
        if (_known < _starts.Length && _starts[_known].Cell == cell)
        {
            noise.CopyTo(_starts[_known].Noise);
            presence.CopyTo(_starts[_known].Presence);
            _known++;
        }
    }

    /// <summary>Runs forward once without keeping anything but these states: a row per cell is kept for one direction
    /// only.</summary>
    /// <param name="track">Before its backward run.</param>
    /// <param name="cancellation">Checked every few seconds of audio.</param>
    public void FindAll(NoiseTrack track, CancellationToken cancellation)
    {
        (float[] noise, float[] presence) = Of(_starts[0].Cell);
        using RowStore.Cursor rows = track.OpenBackward();
        for (int cell = 0; _known < _starts.Length; cell++)
        {
            if (cell % 64 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            Take(cell, noise, presence);
            fixed (float* p = rows.Row(cell), s = noise, q = presence)
            {
                track.Follow(cell, p, s, q, 0, noise.Length);
            }
        }
    }
}
