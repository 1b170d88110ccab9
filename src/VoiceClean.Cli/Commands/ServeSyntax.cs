using System.Globalization;
using VoiceClean.Cleaning.Options;
using VoiceClean.Web.Http;

namespace VoiceClean.Cli.Commands;

/// <summary>Where a server listens.</summary>
internal sealed class ListenSyntax : ValueSyntax<ListenAddress>
{
    /// <inheritdoc/>
    public override OptionKind Kind => OptionKind.Text;

    /// <inheritdoc/>
    public override string Expectation => ListenAddress.Expectation;

    /// <inheritdoc/>
    public override bool TryParse(string text, out ListenAddress value) => ListenAddress.TryParse(text, out value);

    /// <inheritdoc/>
    public override string Format(ListenAddress value) => value.ToString();
}

/// <summary>A number of bytes: "200MB", "1GiB"; a bare number is bytes.</summary>
internal sealed class SizeSyntax(long least, long most) : ValueSyntax<long>
{
    private static readonly (string Name, long Bytes)[] Units =
    [
        ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000),
        ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10), ("B", 1),
    ];

    /// <inheritdoc/>
    public override OptionKind Kind => OptionKind.Number;

    /// <inheritdoc/>
    public override string Unit => "B";

    /// <inheritdoc/>
    public override string Expectation =>
        $"a size between {Format(least)} and {Format(most)}, like 200MB or 1GiB (a bare number is bytes)";

    /// <inheritdoc/>
    public override bool TryParse(string text, out long value)
    {
        string number = text.Trim();
        long unit = 1;
        foreach ((string name, long bytes) in Units)
        {
            if (number.EndsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                (number, unit) = (number[..^name.Length].TrimEnd(), bytes);
                break;
            }
        }

        bool isNumber = decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal count)
            && count >= least / (decimal)unit
            && count <= most / (decimal)unit;
        value = isNumber ? (long)(count * unit) : 0;
        return isNumber;
    }

    /// <inheritdoc/>
    public override string Format(long value)
    {
        (string name, long bytes) = Units.First(u => value % u.Bytes == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{value / bytes}{name}");
    }
}

/// <summary>A <see cref="ListenAddress"/>, or a word for none.</summary>
internal sealed class ListenOrWordSyntax(string word) : ValueSyntax<ListenAddress?>
{
    private readonly ListenSyntax _inner = new();

    /// <inheritdoc/>
    public override OptionKind Kind => OptionKind.Text;

    /// <inheritdoc/>
    public override string Expectation => $"{_inner.Expectation}; or {word}";

    /// <inheritdoc/>
    public override bool TryParse(string text, out ListenAddress? value)
    {
        bool isNone = string.Equals(text, word, StringComparison.OrdinalIgnoreCase);
        value = null;
        if (!isNone && _inner.TryParse(text, out ListenAddress address))
        {
            value = address;
        }

        return isNone || value is not null;
    }

    /// <inheritdoc/>
    public override string Format(ListenAddress? value) => value?.ToString() ?? word;
}

/// <summary>A site as browsers name it: scheme, host and port, in lower case, nothing else.</summary>
internal sealed class OriginSyntax : ValueSyntax<string>
{
    /// <inheritdoc/>
    public override OptionKind Kind => OptionKind.Text;

    /// <inheritdoc/>
    public override string Expectation => "a site like https://shop.example or http://localhost:3000";

    /// <inheritdoc/>
    public override bool TryParse(string text, out string value)
    {
        // It goes into a header and is compared with what browsers send, so only their own way of writing it will do.
        value = Uri.TryCreate(text, UriKind.Absolute, out Uri? site) ? site.GetLeftPart(UriPartial.Authority) : "";
        bool isPlain = text.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '/' or '.' or '-' or '[' or ']');
        bool isWeb = site?.Scheme == Uri.UriSchemeHttps || site?.Scheme == Uri.UriSchemeHttp;
        return isPlain && isWeb && string.Equals(value, text.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public override string Format(string value) => value;
}
