using VoiceClean.Audio;
using VoiceClean.Errors;

namespace VoiceClean.Stages;

/// <summary>One step. Immutable and thread-safe: one instance serves a whole batch.</summary>
public interface IStage
{
    /// <summary>Kebab-case: "spectral-gate"; equal to its name in the catalogue and on the command line.</summary>
    string Name { get; }

    /// <summary>
    /// Works on the whole clip in place: changes its samples, cuts it, or sets findings. What it leaves is finite; a
    /// stage that does not come with VoiceClean and leaves anything else fails its clip.
    /// </summary>
    /// <param name="clip">The recording; at any length from 1 sample on, with finite samples.</param>
    /// <param name="cancellation">Checked at least once per second of work.</param>
    /// <exception cref="ClipRefusedException">The clip cannot honestly be processed; says why.</exception>
    void Process(AudioClip clip, CancellationToken cancellation);
}
