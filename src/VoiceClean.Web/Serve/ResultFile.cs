using System.Buffers;
using VoiceClean.Files;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Serve;

/// <summary>A result on its way from the worker to the client, in a temporary file without a name.</summary>
internal sealed class ResultFile : IDisposable
{
    private const int BlockBytes = 64 * 1024;

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

    /// <summary>Sends it to a client, which must take each piece within the grace.</summary>
    /// <param name="body">The body of the answer.</param>
    /// <param name="rate">How fast the client must be.</param>
    /// <param name="gone">Cancelled when the client goes away.</param>
    /// <exception cref="RefusalException">The client does not read: its connection must be ended.</exception>
    public async Task SendAsync(Stream body, BodyRate rate, CancellationToken gone)
    {
        _file!.Position = 0;
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(gone);
        try
        {
            int count;
            while ((count = await _file.ReadAsync(block.AsMemory(0, BlockBytes), gone).ConfigureAwait(false)) > 0)
            {
                patience.CancelAfter(rate.Grace + TimeSpan.FromSeconds(count / rate.BytesPerSecond));
                await body.WriteAsync(block.AsMemory(0, count), patience.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            throw new RefusalException(HttpReasons.ClientGone, "The client does not read.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    public void Dispose() => _file?.Dispose();
}
