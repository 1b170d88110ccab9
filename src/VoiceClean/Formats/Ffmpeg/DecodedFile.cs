namespace VoiceClean.Formats.Ffmpeg;

/// <summary>What ffmpeg made of one file of a group: complete, and without a word of complaint.</summary>
/// <param name="file">The WAV file, nameless; owned and disposed of.</param>
internal sealed class DecodedFile(FileStream file) : IFfmpegOutput
{
    public int Read(Span<byte> buffer) => file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);

    public (int ExitCode, string LastError) Finish() => (0, "");

    public void Abort()
    {
        // A file never keeps anybody waiting.
    }

    public void Dispose() => file.Dispose();
}
