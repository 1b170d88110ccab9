using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VoiceClean.Cli.Tests.Words;

/// <summary>
/// The sentences in a source file, as keys of a translation: strings that are added or chosen from are one sentence,
/// once for each way the choices can go, and whatever else stands in it is a slot: {0}, {1} …
/// </summary>
internal static class SourceSentences
{
    private const char Slot = '\uE000';

    /// <summary>All of them; what nobody sees who uses the program (mistakes of programmers, attributes, logs) is left
    /// out.</summary>
    public static IEnumerable<(string Sentence, int Line)> In(string source)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(source).GetRoot();
        foreach (ExpressionSyntax text in root.DescendantNodes().OfType<ExpressionSyntax>().Where(IsText))
        {
            if (IsPartOfAnother(text) || IsInner(text))
            {
                continue;
            }

            string[] conditions =
            [
                .. text.DescendantNodes().OfType<ConditionalExpressionSyntax>()
                    .Select(c => c.Condition.ToString()).Distinct(),
            ];
            int line = text.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            for (int way = 0; way < 1 << Math.Min(conditions.Length, 6); way++)
            {
                int chosen = way;
                yield return (
                    Numbered(Folded(text, c => (chosen >> Array.IndexOf(conditions, c) & 1) == 0)),
                    line);
            }
        }
    }

    private static bool IsText(ExpressionSyntax e) => e switch
    {
        LiteralExpressionSyntax l => l.IsKind(SyntaxKind.StringLiteralExpression),
        InterpolatedStringExpressionSyntax => true,
        BinaryExpressionSyntax b => b.IsKind(SyntaxKind.AddExpression) && (HasText(b.Left) || HasText(b.Right)),
        _ => false,
    };

    private static bool HasText(ExpressionSyntax e) => e switch
    {
        ParenthesizedExpressionSyntax p => HasText(p.Expression),
        ConditionalExpressionSyntax c => HasText(c.WhenTrue) || HasText(c.WhenFalse),
        InvocationExpressionSyntax call => IsMade(call) && HasText(call.ArgumentList.Arguments[^1].Expression),
        _ => IsText(e),
    };

    private static bool IsPartOfAnother(ExpressionSyntax text)
    {
        SyntaxNode child = text;
        for (SyntaxNode? parent = text.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            bool isPassedThrough = parent is ParenthesizedExpressionSyntax or InterpolationSyntax or ArgumentSyntax
                || (parent is ArgumentListSyntax && parent.Parent is InvocationExpressionSyntax made && IsMade(made))
                || (parent is InvocationExpressionSyntax call && IsMade(call))
                || (parent is ConditionalExpressionSyntax choice && choice.Condition != child);
            if (parent is ExpressionSyntax outer && IsText(outer))
            {
                return true;
            }

            if (!isPassedThrough)
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsInner(ExpressionSyntax text) => text.Ancestors().Any(a => a switch
    {
        AttributeSyntax or ConstantPatternSyntax or CaseSwitchLabelSyntax => true,
        ObjectCreationExpressionSyntax made => made.Type.ToString() is "ArgumentException" or "JsonException"
            or "ArgumentOutOfRangeException" or "InvalidOperationException" or "NotSupportedException",
        InvocationExpressionSyntax call => call.Expression.ToString() is var name
            && (name.Contains("Log.", StringComparison.Ordinal) || name.Contains(".Write", StringComparison.Ordinal)
                && name.StartsWith("json", StringComparison.Ordinal)),
        _ => false,
    });

    private static string Folded(ExpressionSyntax e, Predicate<string> isTrue) => e switch
    {
        LiteralExpressionSyntax l when l.IsKind(SyntaxKind.StringLiteralExpression) => l.Token.ValueText,
        ParenthesizedExpressionSyntax p => Folded(p.Expression, isTrue),
        BinaryExpressionSyntax b when IsText(b) =>
            Folded(b.Left, isTrue) + Folded(b.Right, isTrue),
        ConditionalExpressionSyntax c => Folded(isTrue(c.Condition.ToString()) ? c.WhenTrue : c.WhenFalse, isTrue),
        InterpolatedStringExpressionSyntax i => string.Concat(i.Contents.Select(part => part switch
        {
            InterpolatedStringTextSyntax t => t.TextToken.ValueText,
            InterpolationSyntax s => Folded(s.Expression, isTrue),
            _ => "",
        })),
        InvocationExpressionSyntax { ArgumentList.Arguments: [.., { Expression: var last }] } call
            when IsMade(call) => Folded(last, isTrue),
        _ => Slot.ToString(),
    };

    private static bool IsMade(InvocationExpressionSyntax call) =>
        call.Expression.ToString() is "string.Create" or "FormattableString.Invariant";

    private static string Numbered(string text)
    {
        int slot = 0;
        return string.Concat(text.Select(c => c == Slot ? $"{{{slot++}}}" : c.ToString()));
    }
}
