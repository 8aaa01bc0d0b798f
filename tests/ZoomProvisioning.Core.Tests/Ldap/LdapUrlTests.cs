using System;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Ldap;

namespace ZoomProvisioning.Tests.Ldap;

public class LdapUrlTests
{
    [Theory]
    [InlineData("ldaps://dc.example.com", "ldaps://dc.example.com:636", "", "Subtree", null)]
    [InlineData("LDAPS://dc.example.com/", "ldaps://dc.example.com:636", "", "Subtree", null)]
    [InlineData("ldap://dc.example.com:10389/DC=example,DC=com", "ldap://dc.example.com:10389", "DC=example,DC=com", "Subtree", null)]
    [InlineData(
        "ldaps://dc.example.com/OU=Staff,DC=example,DC=com??one?(mail=*)",
        "ldaps://dc.example.com:636",
        "OU=Staff,DC=example,DC=com",
        "OneLevel",
        "(mail=*)")]
    [InlineData(
        "ldaps://dc.example.com/OU=Staff,DC=example,DC=com?sub?(mail=*)",
        "ldaps://dc.example.com:636",
        "OU=Staff,DC=example,DC=com",
        "Subtree",
        "(mail=*)")]
    [InlineData(
        "ldaps://dc.example.com/OU=Staff,DC=example,DC=com?(mail=*)",
        "ldaps://dc.example.com:636",
        "OU=Staff,DC=example,DC=com",
        "Subtree",
        "(mail=*)")]
    [InlineData("ldaps://dc.example.com/OU=Staff,DC=example,DC=com?base", "ldaps://dc.example.com:636", "OU=Staff,DC=example,DC=com", "Base", null)]
    [InlineData(
        "ldaps://dc.example.com/OU=Staff,DC=example,DC=com?*?sub?(mail=*)",
        "ldaps://dc.example.com:636",
        "OU=Staff,DC=example,DC=com",
        "Subtree",
        "(mail=*)")]
    [InlineData(
        "ldaps://dc.example.com/OU=Z%C3%BCrich%20Nord,DC=example,DC=com??sub?(cn=What%3F*)",
        "ldaps://dc.example.com:636",
        "OU=Zürich Nord,DC=example,DC=com",
        "Subtree",
        "(cn=What?*)")]
    [InlineData("ldaps://[2001:db8::7]:1636/dc=x", "ldaps://[2001:db8::7]:1636", "dc=x", "Subtree", null)]
    public void An_address_is_read_as_RFC_4516_has_it_and_as_people_write_it(string text, string server, string place, string scope, string? filter)
    {
        var read = LdapUrl.Parse(text);

        Assert.Equal(server, Assert.Single(read.Servers).ToString());
        Assert.Equal((place, scope, filter), (string.Join("|", read.Bases), read.Scope.ToString(), read.Filter));
    }

    [Theory]
    [InlineData("ldaps://localhost", DirectorySecurity.Tls)]
    [InlineData("ldap://localhost", DirectorySecurity.None)]
    [InlineData("ldap://127.0.3.4", DirectorySecurity.None)]
    [InlineData("ldap://[::1]", DirectorySecurity.None)]
    [InlineData("ldap://localhost????!StartTLS", DirectorySecurity.StartTls)]
    [InlineData("ldap://localhost????1.3.6.1.4.1.1466.20037", DirectorySecurity.StartTls)]
    [InlineData("ldap://dc.example.com", DirectorySecurity.StartTls)]
    [InlineData("ldap://localhost.example.com", DirectorySecurity.StartTls)]
    public void Nothing_goes_over_a_network_without_encryption(string text, DirectorySecurity security) =>
        Assert.Equal(security, Assert.Single(LdapUrl.Parse(text).Servers).Security);

    [Fact]
    public void Who_signs_in_may_stand_in_the_address()
    {
        var bind = LdapUrl.Parse("ldaps://dc.example.com/dc=x????bindname=cn=reader%2Cdc=x,x-other=1").Bind;

        Assert.Equal((DirectoryBindMethod.Simple, "cn=reader,dc=x"), (bind.Method, bind.User));
    }

    [Theory]
    [InlineData("ldaps://", "names no server")]
    [InlineData("ldaps:///dc=x", "names no server")]
    [InlineData("ldaps://dc.example.com:0/dc=x", "'0' is no port")]
    [InlineData("ldaps://dc.example.com:70000/dc=x", "'70000' is no port")]
    [InlineData("ldaps://dc example/dc=x", "'dc example' is no name of a server")]
    [InlineData("ldaps://dc.example.com/Staff", "'Staff' is no distinguished name")]
    [InlineData("ldaps://dc.example.com/dc=x??subb", "'subb' is no scope (did you mean 'sub'?)")]
    [InlineData("ldaps://dc.example.com/dc=x?subb", "'subb' is no scope (did you mean 'sub'?)")]
    [InlineData("ldaps://dc.example.com/dc=x?mail,sn?sub", "names attributes (mail,sn)")]
    [InlineData("ldaps://dc.example.com/dc=x??sub?(mail=*", "is not closed")]
    [InlineData("ldaps://dc.example.com/dc=x??sub?mail=*", "'(' is expected")]
    [InlineData("ldaps://dc.example.com/dc=x??sub?(a=b)?!unknown", "asks for 'unknown'")]
    [InlineData("ldaps://dc.example.com/dc=x??sub?(a=b)?x?y", "four at most")]
    [InlineData("ldaps://dc.example.com/dc=%2", "'%' begins two hexadecimal digits")]
    [InlineData("ldaps://dc.example.com/dc=%ff", "no text in UTF-8")]
    [InlineData("ldapi://%2Fvar%2Frun%2Fldapi", "socket of this machine")]
    public void What_is_wrong_is_said(string text, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => LdapUrl.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_password_in_the_address_is_refused_and_not_repeated()
    {
        var message = Assert.Throws<FormatException>(() => LdapUrl.Parse("ldaps://reader:geheim@dc.example.com/dc=x")).Message;

        Assert.Contains("must not hold a user name or a password", message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", message, StringComparison.Ordinal);
    }
}
