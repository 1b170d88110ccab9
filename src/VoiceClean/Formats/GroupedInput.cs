namespace VoiceClean.Formats;

/// <summary>
/// A file of a batch that a decoder may have decoded already, together with others. For every other decoder a file like
/// any other.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="take">Gets what the decoder made of it, for the taker to dispose of; null if it has to be decoded
/// alone.</param>
internal sealed class GroupedInput(string path, Func<IDisposable?> take)
    : FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1)
{
    /// <summary>What was made of it, if it is of the taker's kind; may wait until the decoder is done.</summary>
    /// <exception cref="OperationCanceledException">Cancelled meanwhile.</exception>
    public T? TakeDecoded<T>()
        where T : class, IDisposable
    {
        IDisposable? decoded = take();
        if (decoded is not T)
        {
            decoded?.Dispose();
        }

        return decoded as T;
    }
}
