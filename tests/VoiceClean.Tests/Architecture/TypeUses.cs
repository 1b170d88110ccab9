using Mono.Cecil;
using Mono.Cecil.Cil;

namespace VoiceClean.Tests.Architecture;

/// <summary>
/// Which types of an assembly use which: read from the compiled code (signatures, attributes and every instruction), so
/// that neither a qualified name nor a forgotten <c>using</c> line hides anything. Constants are the one thing the
/// compiler leaves no trace of.
/// </summary>
internal static class TypeUses
{
    /// <summary>Every use of one type by another of the same assembly, by the outermost declaring types.</summary>
    /// <param name="path">The assembly.</param>
    public static IReadOnlyList<(TypeDefinition User, TypeDefinition Used)> Of(string path)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(path);
        var uses = new HashSet<(TypeDefinition, TypeDefinition)>();
        foreach (TypeDefinition type in assembly.MainModule.GetTypes())
        {
            TypeDefinition user = Outermost(type);
            foreach (TypeReference reference in References(type))
            {
                foreach (TypeReference part in Parts(reference))
                {
                    if (part.Scope == type.Module && part.Resolve() is { } used && Outermost(used) != user)
                    {
                        uses.Add((user, Outermost(used)));
                    }
                }
            }
        }

        return [.. uses];
    }

    /// <summary>The type itself, or what it is declared in.</summary>
    public static TypeDefinition Outermost(TypeDefinition type) =>
        type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<TypeReference> References(TypeDefinition type) =>
    [
        .. type.BaseType is { } parent ? [parent] : Array.Empty<TypeReference>(),
        .. type.Interfaces.Select(i => i.InterfaceType),
        .. Attributes(type),
        .. type.GenericParameters.SelectMany(p => p.Constraints).Select(c => c.ConstraintType),
        .. type.Fields.SelectMany(f => Attributes(f).Prepend(f.FieldType)),
        .. type.Properties.SelectMany(p => Attributes(p).Prepend(p.PropertyType)),
        .. type.Methods.SelectMany(References),
    ];

    private static IEnumerable<TypeReference> References(MethodDefinition method) =>
    [
        method.ReturnType,
        .. method.Parameters.SelectMany(p => Attributes(p).Prepend(p.ParameterType)),
        .. Attributes(method),
        .. method.GenericParameters.SelectMany(p => p.Constraints).Select(c => c.ConstraintType),
        .. method.HasBody ? References(method.Body) : [],
    ];

    private static IEnumerable<TypeReference> References(MethodBody body) =>
    [
        .. body.Variables.Select(v => v.VariableType),
        .. body.ExceptionHandlers.Where(h => h.CatchType is not null).Select(h => h.CatchType),
        .. body.Instructions.SelectMany(References),
    ];

    private static IEnumerable<TypeReference> References(Instruction instruction) =>
        instruction.Operand switch
        {
            GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
            MethodReference method =>
            [
                method.DeclaringType,
                method.ReturnType,
                .. method.Parameters.Select(p => p.ParameterType),
            ],
            FieldReference field => [field.DeclaringType, field.FieldType],
            TypeReference type => [type],
            _ => [],
        };

    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider owner) =>
        owner.CustomAttributes.SelectMany(a =>
            a.ConstructorArguments.Select(c => c.Value).OfType<TypeReference>().Prepend(a.AttributeType));

    // A list of spans of records names three types.
    private static IEnumerable<TypeReference> Parts(TypeReference type) =>
        type switch
        {
            GenericInstanceType generic =>
            [
                .. Parts(generic.ElementType),
                .. generic.GenericArguments.SelectMany(Parts),
            ],
            FunctionPointerType function =>
            [
                .. Parts(function.ReturnType),
                .. function.Parameters.SelectMany(p => Parts(p.ParameterType)),
            ],
            RequiredModifierType modified => [.. Parts(modified.ElementType), .. Parts(modified.ModifierType)],
            TypeSpecification made => Parts(made.ElementType),
            GenericParameter => [],
            _ => [type],
        };
}
