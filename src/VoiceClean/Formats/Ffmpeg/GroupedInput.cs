namespace VoiceClean.Formats.Ffmpeg;

/// <summary>
/// A file of a batch that ffmpeg may have decoded already, together with others. For every decoder but ffmpeg's a file
/// like any other.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="take">Gets what ffmpeg made of it, for the taker to dispose of; null if it has to be decoded
/// alone.</param>
internal sealed class GroupedInput(string path, Func<DecodedFile?> take)
    : FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1)
{
    /// <summary>May wait until ffmpeg is done.</summary>
    /// <exception cref="OperationCanceledException">Cancelled meanwhile.</exception>
    public DecodedFile? TakeDecoded() => take();
}
