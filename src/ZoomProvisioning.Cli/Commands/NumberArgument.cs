using System;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ZoomProvisioning.Cli.Commands;

/// <summary>Reads an option that takes a whole number within limits; anything else is told in one line.</summary>
internal static class NumberArgument
{
    /// <summary>A parser for an option's number.</summary>
    /// <param name="option">The option's name, for the message.</param>
    /// <param name="minimum">The least number allowed.</param>
    /// <param name="maximum">The greatest.</param>
    public static Func<ArgumentResult, int> Between(string option, int minimum, int maximum) => result =>
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= minimum && number <= maximum)
        {
            return number;
        }

        var limits = maximum == int.MaxValue ? $"from {minimum}" : $"from {minimum} to {maximum}";
        result.AddError($"{option} takes a whole number {limits}, not '{result.Tokens[0].Value}'.");
        return minimum;
    };
}
