"""Names of invented people: given and family names of many cultures, paired within one of them."""

import unicodedata

#: culture -> (given names, family names)
CULTURES: dict[str, tuple[list[str], list[str]]] = {
    name: (given.split(), [one.replace("_", " ") for one in family.split()])
    for name, given, family in (
        (
            "english",
            "Alice Ben Charlotte Daniel Emily Frank Grace Henry Irene Jack Katherine Lewis Martha Nathan Olivia Peter "
            "Rachel Samuel Theresa Walter",
            "Adams Barker Collins Dawson Ellis Foster Graham Hughes Irving Jenkins Lambert Mason Norris Parker Quinn "
            "Reed Sutton Turner Walsh Young",
        ),
        (
            "spanish",
            "Adriana Andrés Beatriz Camila Diego Elena Fernando Gabriela Héctor Inés Joaquín Lucía Mateo Natalia Óscar "
            "Paloma Raúl Sofía Tomás Ximena",
            "Aguilar_Ríos Benítez Castro_Molina Delgado Espinoza Fuentes_Vega Galindo Herrera_Soto Ibarra Luján Méndez "
            "Núñez_Prieto Ortega Peña Quiroga Rosales_Marín Salazar Treviño Uribe Zamora",
        ),
        (
            "chinese",
            "Bo Chen Fang Guang Hui Jing Kai Lan Mei Ning Ping Qiang Rui Shan Tao Wei Xin Yan Zhen Zhi",
            "Cai Deng Fan Gao Han Jiang Kong Liang Ma Ouyang Pan Qian Ren Shen Tang Wu Xie Yao Zhang Zhou",
        ),
        (
            "south-asian",
            "Aditi Arjun Bhavna Chandan Divya Farhan Gauri Harish Ishita Jaya Kavita Lakshmi Manish Nandini Omkar "
            "Priya Rohan Sana Tanvi Vikram",
            "Acharya Banerjee Chaudhry Desai Fernandes Gill Hussain Iyer Joshi Kulkarni Malik Nair Patil Qureshi Rao "
            "Sharma Thapa Verma Wickramasinghe Zaman",
        ),
        (
            "west-african",
            "Abena Adewale Chidi Efua Folake Ifeoma Kwame Lamine Mariama Ngozi Obinna Oluwaseun Sekou Temitope Uche "
            "Yaa Zainab Kofi Aminata Bola",
            "Abiola Boateng Camara Danjuma Eze Fofana Gyasi Igwe Jalloh Keita Mensah Nwosu Okonkwo Owusu Sarr Touré "
            "Udo Yeboah Bâ Diop",
        ),
        (
            "arabic",
            "Amal Bassam Dalia Fadi Ghada Hassan Iman Jamal Khadija Layla Mahmoud Nadia Omar Rania Salma Tariq Wafa "
            "Yusuf Zeina Karim",
            "Abdallah al-Amin Bakri Darwish Fakhoury Ghanem Haddad Issa Jaber Khalil Mansour Najjar Qasim Rashid "
            "Sabbagh Tawil al-Zahra Younes Nasser Salim",
        ),
        (
            "slavic",
            "Agnieszka Bogdan Danuta Dmitri Ekaterina Goran Hana Irina Jakub Katarzyna Lev Magdalena Nikolai Oksana "
            "Piotr Ruslan Svetlana Tomasz Vesna Zoran",
            "Bondarenko Czerny Dvořák Fedorova Grabowski Horvat Ivanov Jovanović Kowalczyk Łukasik Marković Novák "
            "Petrenko Rossokhin Šimić Tkachenko Urban Vuković Wójcik Zielińska",
        ),
        (
            "east-asian",
            "Aiko Daichi Eun-ji Haruka Hyun-woo Ji-hye Kenta Min-jun Naoko Ryō Sakura Seo-yeon Takashi Yuki Young-ho "
            "Thảo Minh Linh Quang Ngọc",
            "Choi Fujimoto Hayashi Ito Jung Kang Kim Lee Matsuda Nakamura Ōno Park Saitō Tanaka Yamada Yoon Nguyễn "
            "Trần Phạm Đặng",
        ),
        (
            "european",
            "Anneke Björn Chiara Dietrich Élodie Fabio Gunnhild Heikki Ilse Joost Kirsten Luca Maëlle Nils Ottavia Pim "
            "Renaud Solveig Théo Ursula",
            "van_den_Berg Conti Dubois Eriksen Ferrari Günther Hägglund Jansen Køhler Lefèvre Møller Nilsson O’Brien "
            "Papadopoulos Rossi Schäfer Tessier de_Vries Weiß Zanetti",
        ),
    )
}
#: Ways in which some people write the name they go by.
PREFERRED = ("Alex", "Sam", "Robin", "Jo", "Max", "Kim", "Lee", "Toni", "Pat", "Sasha", "小雨", "Зоя", "نور", "かおり")


def as_ascii(text: str) -> str:
    """The letters of a name that can stand in an address, small."""
    plain = unicodedata.normalize("NFKD", text.replace("ø", "o").replace("ß", "ss").replace("Ł", "L").replace("Đ", "D"))
    return "".join(sign for sign in plain.lower() if sign.isascii() and sign.isalnum())
