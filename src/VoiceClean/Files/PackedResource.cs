using System.IO.Compression;
using System.Reflection;

namespace VoiceClean.Files;

/// <summary>
/// A text that lies deflated in an assembly, as PackedResources.targets puts it there: pages, words, records.
/// </summary>
internal static class PackedResource
{
    /// <summary>What is in it.</summary>
    /// <param name="assembly">Where it lies.</param>
    /// <param name="name">Its logical name.</param>
    /// <exception cref="InvalidOperationException">There is none of that name.</exception>
    public static byte[] Read(Assembly assembly, string name)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        using Stream packed = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not in {assembly.GetName().Name}.");
        using var unpacked = new DeflateStream(packed, CompressionMode.Decompress);
        using var content = new MemoryStream();
        unpacked.CopyTo(content);
        return content.ToArray();
    }
}
