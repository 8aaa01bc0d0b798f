using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ZoomProvisioning.Module.Tests.Support;

/// <summary>Which folder of an assembly uses which other, read from the compiled code: a folder is a namespace.</summary>
internal sealed class FolderGraph
{
    private readonly string _root;

    // From folder to folder, and the pairs of types that make the arrow.
    private readonly SortedDictionary<(string From, string To), SortedSet<string>> _arrows = [];

    private FolderGraph(string root) => _root = root;

    public IReadOnlyCollection<string> Folders => [.. _arrows.Keys.SelectMany(a => new[] { a.From, a.To }).Distinct().Order()];

    public IReadOnlyDictionary<(string From, string To), SortedSet<string>> Arrows => _arrows;

    /// <summary>Reads the graph of one assembly.</summary>
    /// <param name="path">The assembly's file.</param>
    /// <param name="root">The namespace that all of its own types share, which is where its root folder's types are.</param>
    public static FolderGraph Read(string path, string root)
    {
        var graph = new FolderGraph(root);
        using var module = ModuleDefinition.ReadModule(path);
        foreach (var type in module.GetTypes())
        {
            graph.Add(type);
        }

        return graph;
    }

    /// <summary>The folders a folder uses, in order.</summary>
    public IEnumerable<string> UsedBy(string folder) => _arrows.Keys.Where(a => a.From == folder).Select(a => a.To);

    /// <summary>The circles, each as the arrows that close it with the types that make them; none is as it should be.</summary>
    public IReadOnlyList<string> Circles()
    {
        var reach = Folders.ToDictionary(f => f, Reachable);
        return
        [
            .. _arrows.Where(a => reach[a.Key.To].Contains(a.Key.From))
                .Select(a => $"{a.Key.From} -> {a.Key.To}: {string.Join(", ", a.Value)}"),
        ];
    }

    private HashSet<string> Reachable(string from)
    {
        var seen = new HashSet<string>();
        var next = new Stack<string>([from]);
        while (next.TryPop(out var folder))
        {
            foreach (var to in UsedBy(folder).Where(seen.Add))
            {
                next.Push(to);
            }
        }

        return seen;
    }

    private void Add(TypeDefinition type)
    {
        Use(type, type.BaseType);
        Use(type, type.Interfaces.Select(i => i.InterfaceType));
        Use(type, type.Fields.Select(f => f.FieldType));
        Use(type, type.GenericParameters.SelectMany(p => p.Constraints).Select(c => c.ConstraintType));
        Use(type, type.Properties.Select(p => p.PropertyType));
        Attributes(type, type);
        foreach (var method in type.Methods)
        {
            Use(type, method.ReturnType);
            Use(type, method.Parameters.Select(p => p.ParameterType));
            Use(type, method.GenericParameters.SelectMany(p => p.Constraints).Select(c => c.ConstraintType));
            Attributes(type, method);
            if (method.HasBody)
            {
                Use(type, method.Body.Variables.Select(v => v.VariableType));
                Use(type, method.Body.ExceptionHandlers.Select(h => h.CatchType));
                foreach (var instruction in method.Body.Instructions)
                {
                    Operand(type, instruction);
                }
            }
        }
    }

    private void Attributes(TypeDefinition type, ICustomAttributeProvider owner) => Use(type, owner.CustomAttributes.Select(a => a.AttributeType));

    private void Operand(TypeDefinition type, Instruction instruction)
    {
        switch (instruction.Operand)
        {
            case TypeReference used:
                Use(type, used);
                break;
            case MethodReference used:
                Use(type, used.DeclaringType);
                Use(type, used.ReturnType);
                Use(type, used.Parameters.Select(p => p.ParameterType));
                Use(type, (used as GenericInstanceMethod)?.GenericArguments ?? []);
                break;
            case FieldReference used:
                Use(type, used.DeclaringType);
                Use(type, used.FieldType);
                break;
        }
    }

    private void Use(TypeDefinition type, IEnumerable<TypeReference?> used)
    {
        foreach (var one in used)
        {
            Use(type, one);
        }
    }

    private void Use(TypeDefinition type, TypeReference? used)
    {
        switch (used)
        {
            case null or GenericParameter:
                return;
            case GenericInstanceType generic:
                Use(type, generic.GenericArguments);
                break;
            case IModifierType modifier:
                Use(type, modifier.ModifierType);
                break;
        }

        if (used is TypeSpecification specification)
        {
            Use(type, specification.ElementType);
            return;
        }

        // Of this assembly only: a reference to another one has that assembly as its scope.
        if (used.Scope is ModuleDefinition && FolderOf(Outermost(type)) is { } from && FolderOf(Outermost(used)) is { } to && from != to)
        {
            if (!_arrows.TryGetValue((from, to), out var pairs))
            {
                _arrows.Add((from, to), pairs = new SortedSet<string>(StringComparer.Ordinal));
            }

            pairs.Add($"{Outermost(type).Name} uses {Outermost(used).Name}");
        }
    }

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    // The compiler's own types have no namespace, or the one of the package that generates them.
    private string? FolderOf(TypeReference type) => type.Namespace == _root ? "."
        : type.Namespace.StartsWith(_root + ".", StringComparison.Ordinal) ? type.Namespace[(_root.Length + 1)..]
        : null;
}
