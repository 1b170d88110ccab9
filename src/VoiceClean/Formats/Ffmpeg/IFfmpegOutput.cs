namespace VoiceClean.Formats.Ffmpeg;

/// <summary>
/// What ffmpeg makes of one file, as WAV: by a process that is still at it, or from a file where it has left it.
/// </summary>
internal interface IFfmpegOutput : IDisposable
{
    /// <summary>Fills <paramref name="buffer"/> as far as there is something; less only at the end.</summary>
    int Read(Span<byte> buffer);

    /// <summary>
    /// How it went: the exit code, and the last line of what ffmpeg complained about (empty if it did not). To be
    /// called at the end.
    /// </summary>
    (int ExitCode, string LastError) Finish();

    /// <summary>
    /// Makes a waiting <see cref="Read"/> throw <see cref="OperationCanceledException"/>; from any thread.
    /// </summary>
    void Abort();
}
