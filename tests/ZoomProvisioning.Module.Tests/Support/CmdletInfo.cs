using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace ZoomProvisioning.Module.Tests.Support;

/// <summary>A cmdlet as its metadata describe it.</summary>
internal sealed class CmdletInfo
{
    private const string Namespace = "System.Management.Automation.";

    private CmdletInfo(Type type, CustomAttributeData attribute)
    {
        Type = type;
        Verb = (string)attribute.ConstructorArguments[0].Value!;
        Noun = (string)attribute.ConstructorArguments[1].Value!;
        SupportsShouldProcess = Named(attribute, "SupportsShouldProcess") is true;
        DefaultParameterSet = Named(attribute, "DefaultParameterSetName") as string;

        // ConfirmImpact: None, Low, Medium (the default), High.
        ConfirmImpact = Named(attribute, "ConfirmImpact") is int impact ? impact : 2;
        Parameters = [.. type.GetProperties().Where(p => p.GetCustomAttributesData().Any(a => Is(a, "ParameterAttribute"))).Select(p => new ParameterInfo(p))];
        OutputTypes =
        [
            .. from output in type.GetCustomAttributesData()
               where Is(output, "OutputTypeAttribute")
               from types in output.ConstructorArguments
               where types.Value is IEnumerable<CustomAttributeTypedArgument>
               from one in (IEnumerable<CustomAttributeTypedArgument>)types.Value!
               select one.Value as Type ?? throw new InvalidOperationException("An output type is given as a text."),
        ];
    }

    public static IReadOnlyList<CmdletInfo> All { get; } =
    [
        .. from type in StagedModule.Root.GetTypes()
           from attribute in type.GetCustomAttributesData()
           where Is(attribute, "CmdletAttribute")
           let cmdlet = new CmdletInfo(type, attribute)
           orderby cmdlet.Name
           select cmdlet,
    ];

    public Type Type { get; }

    public string Verb { get; }

    public string Noun { get; }

    public string Name => $"{Verb}-{Noun}";

    public bool SupportsShouldProcess { get; }

    public string? DefaultParameterSet { get; }

    public int ConfirmImpact { get; }

    public IReadOnlyList<ParameterInfo> Parameters { get; }

    public IReadOnlyList<Type> OutputTypes { get; }

    public bool Derives(string baseName)
    {
        for (var type = Type.BaseType; type is not null; type = type.BaseType)
        {
            if (type.FullName == baseName)
            {
                return true;
            }
        }

        return false;
    }

    public override string ToString() => Name;

    internal static bool Is(CustomAttributeData attribute, string name) => attribute.AttributeType.FullName == Namespace + name;

    internal static object? Named(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.Where(a => a.MemberName == name).Select(a => a.TypedValue.Value).FirstOrDefault();
}

/// <summary>A parameter of a cmdlet as its metadata describe it.</summary>
internal sealed class ParameterInfo(PropertyInfo property)
{
    private readonly IReadOnlyList<CustomAttributeData> _declarations =
        [.. property.GetCustomAttributesData().Where(a => CmdletInfo.Is(a, "ParameterAttribute"))];

    public string Name => property.Name;

    public Type Type => property.PropertyType;

    public IReadOnlyList<string> Aliases { get; } =
    [
        .. from alias in property.GetCustomAttributesData()
           where CmdletInfo.Is(alias, "AliasAttribute")
           from argument in alias.ConstructorArguments
           from name in (IEnumerable<CustomAttributeTypedArgument>)argument.Value!
           select (string)name.Value!,
    ];

    public IEnumerable<string> Names => Aliases.Prepend(Name);

    /// <summary>The attributes other than Parameter and Alias, by the name of their type.</summary>
    public IEnumerable<string> Attributes => property.GetCustomAttributesData().Select(a => a.AttributeType.Name);

    /// <summary>The parameter sets it is declared for, each with its position; null is every set.</summary>
    public IEnumerable<(string? Set, int? Position)> Places =>
        _declarations.Select(d => (CmdletInfo.Named(d, "ParameterSetName") as string, CmdletInfo.Named(d, "Position") as int?));

    /// <summary>The parameter sets it is declared for, with everything a declaration says; null is every set.</summary>
    public IEnumerable<(string? Set, int? Position, bool IsMandatory, bool TakesPipeline, bool TakesPipelineByName)> Declarations => _declarations.Select(d => (
        CmdletInfo.Named(d, "ParameterSetName") as string,
        CmdletInfo.Named(d, "Position") as int?,
        CmdletInfo.Named(d, "Mandatory") is true,
        CmdletInfo.Named(d, "ValueFromPipeline") is true,
        CmdletInfo.Named(d, "ValueFromPipelineByPropertyName") is true));

    public bool IsMandatory => _declarations.Any(d => CmdletInfo.Named(d, "Mandatory") is true);

    public bool TakesPipeline => _declarations.Any(d => CmdletInfo.Named(d, "ValueFromPipeline") is true);

    public bool TakesPipelineByName => _declarations.Any(d => CmdletInfo.Named(d, "ValueFromPipelineByPropertyName") is true);

    public bool CanBeSet => property.SetMethod is { IsPublic: true };

    public override string ToString() => "-" + Name;
}
