namespace ZoomProvisioning.Simulator.State;

/// <summary>Names of many languages for seeded users, each with the letters its address is made of.</summary>
internal static class Names
{
    public static readonly (string Shown, string Address)[] Given =
    [
        ("Zoë", "zoe"), ("Siobhán", "siobhan"), ("Jürgen", "jurgen"), ("Françoise", "francoise"), ("Łukasz", "lukasz"), ("Søren", "soren"),
        ("Ngozi", "ngozi"), ("Mehmet", "mehmet"), ("Anaïs", "anais"), ("José", "jose"), ("Priya", "priya"), ("Dmitri", "dmitri"),
        ("Дарья", "darya"), ("Ελένη", "eleni"), ("健太", "kenta"), ("美咲", "misaki"), ("伟", "wei"), ("지훈", "jihun"),
        ("فاطمة", "fatima"), ("דוד", "david"), ("अनिल", "anil"), ("Mary Ann", "maryann"), ("Jean-Luc", "jeanluc"), ("Tomáš", "tomas"),
        ("Ștefan", "stefan"), ("İpek", "ipek"), ("Åsa", "asa"), ("Thị Hoa", "thihoa"), ("Kwame", "kwame"), ("Grace", "grace"),
        ("Oliver", "oliver"),
    ];

    public static readonly (string Shown, string Address)[] Family =
    [
        ("O'Brien", "obrien"), ("Müller", "muller"), ("García López", "garcialopez"), ("van der Berg", "vanderberg"), ("Nguyễn", "nguyen"),
        ("Smith-Jones", "smithjones"), ("Østergård", "ostergard"), ("Wójcik", "wojcik"), ("Çelik", "celik"), ("D'Angelo", "dangelo"),
        ("Иванова", "ivanova"), ("Παπαδοπούλου", "papadopoulou"), ("田中", "tanaka"), ("王", "wang"), ("김", "kim"), ("حسن", "hassan"),
        ("כהן", "cohen"), ("शर्मा", "sharma"), ("Okonkwo", "okonkwo"), ("Mensah", "mensah"), ("Dvořák", "dvorak"), ("Ionescu", "ionescu"),
        ("Lindqvist", "lindqvist"), ("Fernandes", "fernandes"), ("Weiß", "weiss"), ("Taylor", "taylor"), ("Nakamura", "nakamura"),
        ("Kowalczyk", "kowalczyk"), ("McDonald", "mcdonald"), ("Êzîdî", "ezidi"), ("Bianchi", "bianchi"), ("Haddad", "haddad"),
        ("Silva", "silva"), ("Jansen", "jansen"), ("Kovács", "kovacs"), ("Patel", "patel"), ("Rodríguez", "rodriguez"),
    ];

    public static readonly string[] Departments = ["Engineering", "Sales", "Finance", "People", "Support", "Marketing", "Legal"];

    public static readonly string[] JobTitles = ["Analyst", "Developer", "Manager", "Consultant", "Administrator"];

    public static readonly string[] Locations = ["Amsterdam", "San Jose", "München", "東京", "Bristol", "São Paulo"];

    public static readonly string[] PhonePrefixes = ["+1 512555", "+44 1174960", "+49 30901820", "+81 3555501", "+31 2055501"];

    /// <summary>Every pair of names once, before any pair comes again: the two counts have no common divisor.</summary>
    public static (string Given, string Family, string Address) Person(int number)
    {
        var given = Given[number % Given.Length];
        var family = Family[number % Family.Length];
        var round = number / (Given.Length * Family.Length);
        var suffix = round == 0 ? "" : round.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return (given.Shown, family.Shown, $"{given.Address}.{family.Address}{suffix}");
    }
}
