using System.Reflection;
using System.Runtime.CompilerServices;
using VoiceClean.Audio;
using VoiceClean.Dsp.Fourier;
using Xunit;

namespace VoiceClean.Tests.Architecture;

/// <summary>
/// What other people's programs may use is a decision and stands in <c>src/PublicApi.txt</c>. Whoever changes it on
/// purpose runs these tests with VOICECLEAN_WRITE_PUBLIC_API=1 and commits the file.
/// </summary>
public class PublicApiTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
    };

    private static readonly NullabilityInfoContext Nullability = new();

    [Fact]
    public void What_is_public_is_what_is_written_down()
    {
        string file = Path.Combine(SourceTree.Root, "src", "PublicApi.txt");
        string[] actual = [.. Lines(typeof(AudioClip).Assembly), "", .. Lines(typeof(RealFft).Assembly)];
        if (Environment.GetEnvironmentVariable("VOICECLEAN_WRITE_PUBLIC_API") == "1")
        {
            File.WriteAllText(file, string.Join('\n', actual) + "\n");
        }

        string[] written = File.ReadAllText(file).TrimEnd('\n').Split('\n');
        string[] difference =
        [
            .. written.Except(actual).Select(l => "- " + l.Trim()),
            .. actual.Except(written).Select(l => "+ " + l.Trim()),
        ];
        Assert.True(difference.Length == 0, string.Join('\n', difference));
        Assert.Equal(written, actual);
    }

    [Fact]
    public void The_library_has_fewer_than_60_public_types()
        => Assert.InRange(typeof(AudioClip).Assembly.GetExportedTypes().Length, 1, 59);

    private static IEnumerable<string> Lines(Assembly assembly)
    {
        yield return $"# {assembly.GetName().Name}";
        foreach (Type type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            yield return "";
            yield return $"{Kind(type)} {Name(type, true)}{Bases(type)}";
            IEnumerable<string> members = type.IsEnum
                ? Enum.GetNames(type).Select(n => $"{n} = {Convert.ToInt64(Enum.Parse(type, n), null)}")
                : Members(type).Where(m => m is not null).Select(m => m!).Order(StringComparer.Ordinal);
            foreach (string member in members)
            {
                yield return "    " + member;
            }
        }
    }

    private static IEnumerable<string?> Members(Type type)
    {
        foreach (ConstructorInfo c in type.GetConstructors(Declared).Where(c => IsSeen(c) && !IsMadeByCompiler(c)))
        {
            yield return $"new({Parameters(c)})";
        }

        foreach (MethodInfo m in type.GetMethods(Declared))
        {
            bool isAccessor = m.IsSpecialName && !m.Name.StartsWith("op_", StringComparison.Ordinal);
            if (IsSeen(m) && !isAccessor && !IsMadeByCompiler(m))
            {
                yield return $"{Static(m)}{Name(m.ReturnType)} {m.Name}{Arguments(m.GetGenericArguments())}"
                    + $"({Parameters(m)})";
            }
        }

        foreach (PropertyInfo p in type.GetProperties(Declared))
        {
            if (p.GetMethod is { } get && IsSeen(get) && p.Name != "EqualityContract")
            {
                string name = p.GetIndexParameters() is { Length: > 0 } indices
                    ? $"this[{string.Join(", ", indices.Select(i => Name(i.ParameterType)))}]"
                    : p.Name;
                yield return $"{Static(get)}{Typed(p)} {name} {{ get;{Setter(p)} }}";
            }
        }

        foreach (FieldInfo f in type.GetFields(Declared).Where(f => f.IsPublic))
        {
            string value = f.IsLiteral ? $" = {Convert.ToString(f.GetRawConstantValue(), null)}" : "";
            string kind = f.IsLiteral ? "const" : f.IsStatic ? "static" : "field";
            yield return $"{kind} {Name(f.FieldType)} {f.Name}{value}";
        }
    }

    private static string Setter(PropertyInfo property)
        => property.SetMethod is not { } set || !IsSeen(set) ? ""
            : set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;"
            : " set;";

    private static string Typed(PropertyInfo property)
    {
        bool isNullable = !property.PropertyType.IsValueType
            && Nullability.Create(property).ReadState == NullabilityState.Nullable;
        return Name(property.PropertyType) + (isNullable ? "?" : "");
    }

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // Equality, printing and copying of records.
    private static bool IsMadeByCompiler(MethodBase method)
        => method.IsDefined(typeof(CompilerGeneratedAttribute))
            || (method is ConstructorInfo && method.GetParameters() is [var only]
                && only.ParameterType == method.DeclaringType);

    private static string Static(MethodBase method) => method.IsStatic ? "static " : "";

    private static string Kind(Type type)
        => type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.GetMethod("<Clone>$") is not null ? "record"
            : type.IsSealed ? "class"
            : "open class";

    private static string Bases(Type type)
    {
        if (type.IsEnum)
        {
            return "";
        }

        Type[] inherited = type.BaseType?.GetInterfaces() ?? [];
        List<string> bases =
        [
            .. type.GetInterfaces()
                .Where(i => i.Name != "IEquatable`1" && !inherited.Contains(i))
                .Select(i => Name(i))
                .Order(StringComparer.Ordinal),
        ];
        if (type.BaseType is { } b && b != typeof(object) && b != typeof(ValueType))
        {
            bases.Insert(0, Name(b));
        }

        return bases.Count > 0 ? $" : {string.Join(", ", bases)}" : "";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p =>
        $"{(p.IsOut ? "out " : "")}{Name(p.ParameterType)}"
        + $"{(!p.ParameterType.IsValueType && Nullability.Create(p).ReadState == NullabilityState.Nullable ? "?" : "")}"
        + $" {p.Name}{(p.HasDefaultValue ? $" = {Default(p)}" : "")}"));

    private static string Default(ParameterInfo parameter)
        => parameter.DefaultValue is "" ? "\"\""
            : parameter.DefaultValue is bool flag ? (flag ? "true" : "false")
            : parameter.DefaultValue is { } value ? FormattableString.Invariant($"{value}")
            : parameter.ParameterType.IsValueType ? "default"
            : "null";

    private static string Arguments(Type[] types) =>
        types.Length > 0 ? $"<{string.Join(", ", types.Select(t => Name(t)))}>" : "";

    private static string Name(Type type, bool isFull = false)
    {
        if (type.IsByRef || type.IsPointer || type.IsArray)
        {
            return Name(type.GetElementType()!) + (type.IsArray ? "[]" : type.IsPointer ? "*" : "&");
        }

        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Name(inner) + "?";
        }

        if (Keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        string name = (type.IsNested && !type.IsGenericParameter ? Name(type.DeclaringType!) + "." : "")
            + type.Name.Split('`')[0];
        return (isFull ? type.Namespace + "." : "") + name + Arguments(type.GetGenericArguments());
    }
}
