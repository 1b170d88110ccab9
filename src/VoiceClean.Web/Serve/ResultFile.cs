using VoiceClean.Files;

namespace VoiceClean.Web.Serve;

/// <summary>A result on its way from the worker to the client, in a temporary file without a name.</summary>
internal sealed class ResultFile : IDisposable
{
    private FileStream? _file;

    /// <summary>[byte]; 0 as long as nothing is there.</summary>
    public long Length => _file?.Length ?? 0;

    /// <summary>Takes the result.</summary>
    /// <param name="write">Called once with a stream to write to.</param>
    /// <exception cref="VoiceClean.Errors.VoiceCleanException">There is no space for it.</exception>
    public void Write(Action<Stream> write)
    {
        try
        {
            _file = TemporaryFile.Create();
            write(_file);
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, "temporary file");
        }
    }

    /// <summary>Copies it out.</summary>
    public async Task CopyToAsync(Stream stream, CancellationToken cancellation)
    {
        _file!.Position = 0;
        await _file.CopyToAsync(stream, 64 * 1024, cancellation).ConfigureAwait(false);
    }

    public void Dispose() => _file?.Dispose();
}
