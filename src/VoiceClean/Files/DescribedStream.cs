using VoiceClean.Errors;

namespace VoiceClean.Files;

/// <summary>Passes bytes on; what goes wrong comes out as a sentence (<see cref="OutputErrors"/>).</summary>
/// <param name="inner">Writable; owned by this.</param>
/// <param name="name">What the user calls it.</param>
internal sealed class DescribedStream(Stream inner, string name) : WriteOnlyStream
{
    /// <exception cref="VoiceCleanException">It could not be written.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, name);
        }
    }

    public override void Flush()
    {
        try
        {
            inner.Flush();
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, name);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
