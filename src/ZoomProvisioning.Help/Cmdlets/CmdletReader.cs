using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;

namespace ZoomProvisioning.Help.Cmdlets;

/// <summary>Reads the cmdlets of the compiled module. PowerShell itself is not needed: nothing is run.</summary>
internal static class CmdletReader
{
    private const string PowerShell = "System.Management.Automation.";

    /// <summary>All cmdlets of an assembly, in the order of their names.</summary>
    /// <param name="assemblyPath">The assembly; its XML documentation and what it refers to must be beside it.</param>
    /// <param name="powerShellPath">System.Management.Automation.dll.</param>
    public static IReadOnlyList<Cmdlet> ReadAll(string assemblyPath, string powerShellPath)
    {
        using var context = new MetadataLoadContext(new PathAssemblyResolver(Directory.GetFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*.dll")
            .Append(powerShellPath).Concat(Directory.GetFiles(Path.GetDirectoryName(assemblyPath)!, "*.dll"))));
        var comments = DocComments.Beside(assemblyPath);
        var cmdlets = from type in context.LoadFromAssemblyPath(assemblyPath).GetTypes()
                      from attribute in type.GetCustomAttributesData()
                      where Is(attribute, "CmdletAttribute")
                      select Read(type, attribute, comments);
        return [.. cmdlets.OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    private static Cmdlet Read(Type type, CustomAttributeData attribute, DocComments comments)
    {
        var parameters = type.GetProperties().Where(p => Attributes(p, "ParameterAttribute").Any()).Select(p => Read(p, comments));
        if (Named(attribute, "SupportsShouldProcess") is true)
        {
            parameters = parameters
                .Append(Common("WhatIf", "wi", "Say what would be sent to Zoom or changed, and do nothing."))
                .Append(Common("Confirm", "cf", "Ask before each change. `-Confirm:$false` never asks, which runs that nobody watches need."));
        }

        var outputs = from output in type.GetCustomAttributesData()
                      where Is(output, "OutputTypeAttribute")
                      from argument in output.ConstructorArguments
                      where argument.Value is IEnumerable<CustomAttributeTypedArgument>
                      from one in (IEnumerable<CustomAttributeTypedArgument>)argument.Value!
                      select ((Type)one.Value!).FullName!;
        return new Cmdlet(
            $"{attribute.ConstructorArguments[0].Value}-{attribute.ConstructorArguments[1].Value}",
            comments.OfType(type),
            Named(attribute, "DefaultParameterSetName") as string,
            [.. parameters],
            [.. outputs]);
    }

    private static CmdletParameter Read(PropertyInfo property, DocComments comments) => new(
        property.Name,
        Stated(property.PropertyType).FullName!,
        comments.OfProperty(property.DeclaringType!, property.Name),
        Attributes(property, "SupportsWildcardsAttribute").Any(),
        [.. Attributes(property, "AliasAttribute").SelectMany(Texts)],
        [
            .. Attributes(property, "ParameterAttribute").Select(a => new CmdletPlace(
                Named(a, "ParameterSetName") as string,
                Named(a, "Position") as int?,
                Named(a, "Mandatory") is true,
                Named(a, "ValueFromPipeline") is true,
                Named(a, "ValueFromPipelineByPropertyName") is true)),
        ],
        AcceptedValues(property));

    private static List<string> AcceptedValues(PropertyInfo property)
    {
        var set = Attributes(property, "ValidateSetAttribute").SelectMany(Texts).ToList();
        return set.Count > 0 ? set : property.PropertyType.IsEnum ? [.. property.PropertyType.GetEnumNames()] : [];
    }

    private static CmdletParameter Common(string name, string alias, string summary) =>
        new(name, PowerShell + "SwitchParameter", summary, false, [alias], [new CmdletPlace(null, null, false, false, false)], []);

    private static IEnumerable<CustomAttributeData> Attributes(PropertyInfo property, string name) =>
        property.GetCustomAttributesData().Where(a => Is(a, name));

    private static IEnumerable<string> Texts(CustomAttributeData attribute) => attribute.ConstructorArguments
        .SelectMany(a => (IEnumerable<CustomAttributeTypedArgument>)a.Value!).Select(t => (string)t.Value!);

    /// <summary>The type somebody who types the parameter thinks of: that it may be left out is in no value.</summary>
    private static Type Stated(Type type) =>
        type is { IsGenericType: true } && type.GetGenericTypeDefinition().FullName == typeof(Nullable<>).FullName ? type.GetGenericArguments()[0] : type;

    private static bool Is(CustomAttributeData attribute, string name) => attribute.AttributeType.FullName == PowerShell + name;

    private static object? Named(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.Where(a => a.MemberName == name).Select(a => a.TypedValue.Value).FirstOrDefault();
}
