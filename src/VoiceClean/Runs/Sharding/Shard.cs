using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Runs.Sharding;

/// <summary>
/// One of several machines that share a batch. Which clip belongs to which shard depends on nothing but the id of the
/// clip and the number of shards, so every machine finds its share without talking to the others.
/// </summary>
/// <param name="Index">Which one, from 1 to <paramref name="Count"/>.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct Shard(int Index, int Count)
{
    /// <summary>The whole batch on one machine.</summary>
    public static Shard Whole => new(1, 1);

    /// <summary>True if there are others.</summary>
    public bool IsPart => Count > 1;

    /// <summary>
    /// What its temporary files are called by (<see cref="Files.IOutputFiles.Mark"/>): its number. One run at a time
    /// works on a shard, so the next one knows that theirs is dead. Nothing beyond shard 65,535, and where there are no
    /// others.
    /// </summary>
    public string Mark => IsPart && Index <= ushort.MaxValue ? Index.ToString("x4", CultureInfo.InvariantCulture) : "";

    /// <summary>
    /// True if the clip is this shard's: SHA-256 of the id (UTF-8), read as one big-endian number, modulo the number of
    /// shards.
    /// </summary>
    public bool Owns(ReadOnlySpan<char> id)
    {
        if (!IsPart)
        {
            return true;
        }

        const int usual = 512;
        int length = Encoding.UTF8.GetMaxByteCount(id.Length);
        Span<byte> text = length <= usual ? stackalloc byte[usual] : new byte[length];
        Span<byte> hash = stackalloc byte[Sha256.Length];
        Sha256.HashData(text[..Encoding.UTF8.GetBytes(id, text)], hash);
        long remainder = 0;
        for (int i = 0; i < hash.Length; i += sizeof(uint))
        {
            remainder = ((remainder << 32) | BinaryPrimitives.ReadUInt32BigEndian(hash[i..])) % Count;
        }

        return remainder == Index - 1;
    }

    /// <summary>Reads "2/8", "auto" or "auto/8".</summary>
    /// <param name="text">The option's value.</param>
    /// <param name="read">Reads an environment variable; asked only for "auto".</param>
    /// <param name="pinned">The number of shards that the output was begun with; null = not begun.</param>
    /// <param name="mayBePinned">Whether this run pins its number of shards; if not, "auto" alone is refused where a
    /// scheduler knows only how many tasks are submitted now.</param>
    /// <param name="name">What the option is called, for messages.</param>
    /// <exception cref="VoiceCleanException">None of these, or the scheduler does not say (kind
    /// <see cref="ErrorKind.Usage"/>).</exception>
    public static ShardChoice Parse(
        string text,
        Func<string, string?> read,
        int? pinned = null,
        bool mayBePinned = true,
        string name = "shard")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(read);
        if (!IsOne(text))
        {
            throw Bad(name, text);
        }

        string[] parts = text.Split('/');
        int? total = parts.Length == 1 ? null : TryNumber(parts[1]);
        return TryNumber(parts[0]) is { } index
            ? new ShardChoice(new Shard(index, total!.Value), null)
            : ShardVariables.Find(read, new KnownShardCount(total, pinned, mayBePinned), name);
    }

    /// <summary>Whether a text has one of the forms that <see cref="Parse"/> reads.</summary>
    public static bool IsOne(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('/');
        return parts is ["auto"]
            || (parts.Length == 2
                && TryNumber(parts[1]) is { } total and >= 1
                && (parts[0] == "auto" || (TryNumber(parts[0]) is { } index and >= 1 && index <= total)));
    }

    /// <summary>"2/8".</summary>
    public override string ToString() => FormattableString.Invariant($"{Index}/{Count}");

    /// <summary>What a text must be.</summary>
    internal const string Expectation = "i/n with i from 1 to n, like 2/8, or auto, or auto/n";

    private static int? TryNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : null;

    private static VoiceCleanException Bad(string name, string text) =>
        new(
            ErrorKind.Usage,
            ReasonCodes.BadOptions,
            $"{name} {text}: must be {Expectation}.");
}
